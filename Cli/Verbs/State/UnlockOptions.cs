using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class UnlockOptions : TargetOptions
{
    [Option("force", HelpText = "also remove locks of another machine, which may still be at work")]
    public bool Force { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
