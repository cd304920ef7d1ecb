using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternNameOptions : VerbOptions
{
    [Value(0, MetaName = "PATTERN", Required = true, HelpText = "the pattern's name")]
    public string Pattern { get; set; } = "";
}
