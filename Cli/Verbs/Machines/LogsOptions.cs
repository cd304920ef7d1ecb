using CommandLine;

namespace TfgridCompose.Cli.Verbs.Machines;

public sealed class LogsOptions : TargetOptions
{
    [Option("host", MetaValue = "HOST", HelpText = "which machine; without it, the one that carries the app")]
    public string? Host { get; set; }

    [Option("follow", HelpText = "go on as lines come")]
    public bool Follow { get; set; }

    [Option("lines", MetaValue = "N", Default = 100, HelpText = "how many lines from the end (default 100)")]
    public int Lines { get; set; }

    [Option("hook", MetaValue = "HOOK", HelpText = "the log of setup, configure or healthcheck instead, kept on this machine")]
    public string? Hook { get; set; }
}
