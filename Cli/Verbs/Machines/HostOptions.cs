using CommandLine;

namespace TfgridCompose.Cli.Verbs.Machines;

public sealed class HostOptions : TargetOptions
{
    [Option("host", MetaValue = "HOST", HelpText = "which machine (default: the primary one)")]
    public string? Host { get; set; }
}
