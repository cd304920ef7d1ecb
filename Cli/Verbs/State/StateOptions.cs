using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>Options of a state verb that takes a number or a file first, and then the deployment.</summary>
public abstract class StateOptions : VerbOptions, ILockingOptions
{
    [Value(1, MetaName = "TARGET", HelpText = "the deployment: an id, a name or an app folder")]
    public string? Target { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "which of an app's deployments")]
    public string? Name { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }
}
