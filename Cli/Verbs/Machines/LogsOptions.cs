using CommandLine;

namespace TfgridCompose.Cli.Verbs.Machines;

public sealed class LogsOptions : TargetOptions
{
    [Option("host", MetaValue = "HOST", HelpText = "which machine (default: the first that has the app)")]
    public string? Host { get; set; }

    [Option("follow", HelpText = "keep showing new lines")]
    public bool Follow { get; set; }

    [Option("lines", MetaValue = "N", Default = 100, HelpText = "how many of the last lines to show (default 100)")]
    public int Lines { get; set; }

    [Option("hook", MetaValue = "HOOK", HelpText = "show the log that this computer keeps of a hook: setup, configure or healthcheck")]
    public string? Hook { get; set; }
}
