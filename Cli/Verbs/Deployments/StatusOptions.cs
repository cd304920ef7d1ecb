using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class StatusOptions : TargetOptions
{
    [Option("watch", HelpText = "keep checking, and show what changes, until Ctrl-C")]
    public bool Watch { get; set; }

    [Option("interval", MetaValue = "SECONDS", Default = 5, HelpText = "how often --watch checks, 1 to 3600 (default 5)")]
    public int Interval { get; set; }
}
