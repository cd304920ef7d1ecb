using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class HistoryOptions : TargetOptions
{
    [Option("runs", MetaValue = "N", Default = 20, HelpText = "how many of the last runs to show (default 20)")]
    public int Runs { get; set; }
}
