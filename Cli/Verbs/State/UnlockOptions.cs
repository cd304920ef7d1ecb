using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class UnlockOptions : TargetOptions
{
    [Option("force", HelpText = "also where another machine may be at work, which cannot be told from here")]
    public bool Force { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
