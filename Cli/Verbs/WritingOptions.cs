using CommandLine;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb that changes an existing deployment.</summary>
public class WritingOptions : TargetOptions, ILockingOptions
{
    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }
}
