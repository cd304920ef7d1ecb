using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternsVerifyOptions : VerbOptions
{
    [Value(0, MetaName = "PATTERN...", HelpText = "names, or folders of plugins (default: every pattern that is found)")]
    public IEnumerable<string> Patterns { get; set; } = [];
}
