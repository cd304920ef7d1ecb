using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class StatusOptions : TargetOptions
{
    [Option("watch", HelpText = "look again and again, and say what changes, until Ctrl-C")]
    public bool Watch { get; set; }

    [Option("interval", MetaValue = "SECONDS", Default = 5, HelpText = "how long --watch waits between two looks, 1 to 3600 (default 5)")]
    public int Interval { get; set; }
}
