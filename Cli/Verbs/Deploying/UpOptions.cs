using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deploying;

public sealed class UpOptions : PlanOptions, ILockingOptions
{
    [Option("yes", HelpText = "do not ask before changes on a paid grid; the loss of data needs --allow-data-loss")]
    public bool Yes { get; set; }

    [Option("allow-data-loss", HelpText = "do not ask before machines or disks that hold data are replaced or removed")]
    public bool AllowDataLoss { get; set; }

    [Option("dry-run", HelpText = "show what would be done, as `plan` does, and do nothing")]
    public bool DryRun { get; set; }

    [Option("wait-limit", MetaValue = "SECONDS", Default = 300, HelpText = "how long to wait for the machines, 1 to 3600 (default 300)")]
    public int WaitLimit { get; set; }

    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }
}
