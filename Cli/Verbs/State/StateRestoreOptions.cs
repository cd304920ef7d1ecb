using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class StateRestoreOptions : StateOptions
{
    [Value(0, MetaName = "N", Required = true, HelpText = "the number of a backup, as `state list` shows it")]
    public int Number { get; set; }
}
