using CommandLine;
using TfgridCompose.Cli.Dispatch;

namespace TfgridCompose.Cli.Verbs;

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

public sealed class PatternsUpdateOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", HelpText = "the pattern's name or its package's id")]
    public string? Name { get; set; }

    [Option("all", HelpText = "every pattern that came from a package")]
    public bool All { get; set; }

    [Option("prerelease", HelpText = "the newest may be a prerelease")]
    public bool Prerelease { get; set; }

    [Option("source", MetaValue = "FEED", HelpText = "look there, and not where it came from")]
    public string? Source { get; set; }
}

public sealed class PatternsRemoveOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the pattern's name or its package's id")]
    public string Name { get; set; } = "";

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
