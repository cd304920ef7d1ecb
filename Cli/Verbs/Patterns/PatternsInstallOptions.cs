using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternsInstallOptions : VerbOptions
{
    [Value(0, MetaName = "ID", Required = true, HelpText = "the package's id on its feed")]
    public string Package { get; set; } = "";

    [Option("version", MetaValue = "VERSION", HelpText = "1.2.0, or a range like [1.2,2.0); without it, the newest stable one")]
    public string? Version { get; set; }

    [Option("prerelease", HelpText = "the newest may be a prerelease")]
    public bool Prerelease { get; set; }

    [Option("source", MetaValue = "FEED", HelpText = "a v3 URL, a folder, or the name of a NuGet source")]
    public string? Source { get; set; }
}
