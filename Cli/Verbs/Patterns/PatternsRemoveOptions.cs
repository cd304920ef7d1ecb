using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternsRemoveOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the pattern's name or its package's id")]
    public string Name { get; set; } = "";

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
