using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class StateRestoreOptions : StateOptions
{
    [Value(0, MetaName = "N", Required = true, HelpText = "the backup's number, as shown by `state list`")]
    public int Number { get; set; }
}
