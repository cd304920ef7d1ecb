using CommandLine;

namespace TfgridCompose.Cli.Verbs;

/// <summary>A number or a file comes first; the deployment after it.</summary>
public abstract class StateOptions : Dispatch.VerbOptions, ILockingOptions
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

public sealed class StatePushOptions : StateOptions
{
    [Value(0, MetaName = "FILE", Required = true, HelpText = "a Terraform state, as `state pull` prints it")]
    public string File { get; set; } = "";
}

public sealed class StateRestoreOptions : StateOptions
{
    [Value(0, MetaName = "N", Required = true, HelpText = "the number of a backup, as `state list` shows it")]
    public int Number { get; set; }
}

public sealed class StateMigrateOptions : WritingOptions
{
    [Option("to", MetaValue = "PLACE", HelpText = "local: to this machine; without it, to where the manifest says")]
    public string? To { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
