using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class AttachOptions : VerbOptions, ILockingOptions, ITrustingOptions
{
    [Value(0, MetaName = "APP", HelpText = "the app's folder (default: the app that .tfgrid-compose.yaml names, or this folder)")]
    public string? App { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "the deployment's name (default: the app's)")]
    public string? Name { get; set; }

    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }

    [Option(ITrustingOptions.Option, HelpText = ITrustingOptions.Help)]
    public bool Trust { get; set; }

    [Option("take-tunnel", HelpText = "bring up its WireGuard tunnel here; the machine that has it now loses it")]
    public bool TakeTunnel { get; set; }
}
