using CommandLine;

namespace TfgridCompose.Cli.Verbs.Authoring;

public sealed class PatternsTestOptions : VerbOptions
{
    private const string SampleHelp =
        "the folder of an app that uses it; may be repeated (default: samples/* beside the pattern, else a generated app)";

    [Value(0, MetaName = "PATH|NAME", Required = true, HelpText = "a built pattern's folder, or the name of an installed one")]
    public string Pattern { get; set; } = "";

    [Option("sample", MetaValue = "PATH", HelpText = SampleHelp)]
    public IEnumerable<string> Sample { get; set; } = [];

    [Option("skip", MetaValue = "CHECK", HelpText = "skip a check; may be repeated; if apply is skipped, nothing is deployed")]
    public IEnumerable<string> Skip { get; set; } = [];

    [Option("all-samples", HelpText = "deploy every sample, not only the first")]
    public bool AllSamples { get; set; }

    [Option("require-all", HelpText = "count a check that cannot run here as failed")]
    public bool RequireAll { get; set; }
}
