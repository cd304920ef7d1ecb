using CommandLine;

namespace TfgridCompose.Cli.Verbs.Machines;

public sealed class HostOptions : TargetOptions
{
    [Option("host", MetaValue = "HOST", HelpText = "which machine; without it, the primary one")]
    public string? Host { get; set; }
}
