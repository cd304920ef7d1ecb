using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternsInstallOptions : VerbOptions
{
    [Value(0, MetaName = "ID", Required = true, HelpText = "the package's id")]
    public string Package { get; set; } = "";

    [Option("version", MetaValue = "VERSION", HelpText = "1.2.0, or a range like [1.2,2.0) (default: the newest stable version)")]
    public string? Version { get; set; }

    [Option("prerelease", HelpText = "accept a prerelease as the newest version")]
    public bool Prerelease { get; set; }

    [Option("source", MetaValue = "FEED", HelpText = "where to look: a NuGet v3 URL, a folder, or the name of a NuGet source")]
    public string? Source { get; set; }
}
