using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternsUpdateOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", HelpText = "the pattern's name or its package's id")]
    public string? Name { get; set; }

    [Option("all", HelpText = "update every pattern that came from a package")]
    public bool All { get; set; }

    [Option("prerelease", HelpText = "accept a prerelease as the newest version")]
    public bool Prerelease { get; set; }

    [Option("source", MetaValue = "FEED", HelpText = "where to look, instead of the feed that the pattern came from")]
    public string? Source { get; set; }
}
