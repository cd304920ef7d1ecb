using CommandLine;

namespace TfgridCompose.Cli.Verbs.Authoring;

public sealed class PatternsTestOptions : VerbOptions
{
    [Value(0, MetaName = "PATH|NAME", Required = true, HelpText = "a built pattern's folder, or the name of an installed one")]
    public string Pattern { get; set; } = "";

    [Option(
        "sample",
        MetaValue = "PATH",
        HelpText = "an app's folder that uses it; may be repeated; without it, samples/* beside the pattern, else a generated one")]
    public IEnumerable<string> Sample { get; set; } = [];

    [Option("skip", MetaValue = "CHECK", HelpText = "leaves a check out; may be repeated; without apply nothing is deployed")]
    public IEnumerable<string> Skip { get; set; } = [];

    [Option("all-samples", HelpText = "deploys every sample, not only the first")]
    public bool AllSamples { get; set; }

    [Option("require-all", HelpText = "a check that cannot run here counts as failed")]
    public bool RequireAll { get; set; }
}
