using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class OutputsOptions : TargetOptions
{
    [Option("key", MetaValue = "OUTPUT", HelpText = "print this one output alone, for example primary_ip")]
    public string? Key { get; set; }
}
