using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class OutputsOptions : TargetOptions
{
    [Option("key", MetaValue = "OUTPUT", HelpText = "print only this output, for example primary_ip")]
    public string? Key { get; set; }
}
