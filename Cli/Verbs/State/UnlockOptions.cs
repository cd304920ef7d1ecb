using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class UnlockOptions : TargetOptions, ITrustingOptions
{
    [Option("force", HelpText = "also remove locks of another machine, where a process may still be running")]
    public bool Force { get; set; }

    [Option(ITrustingOptions.Option, HelpText = ITrustingOptions.Help)]
    public bool Trust { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
