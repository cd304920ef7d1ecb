using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class StatePushOptions : StateOptions
{
    [Value(0, MetaName = "FILE", Required = true, HelpText = "a Terraform state, as printed by `state pull`")]
    public string File { get; set; } = "";
}
