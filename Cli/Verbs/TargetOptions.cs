using CommandLine;
using TfgridCompose.Cli.Dispatch;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb that works on an existing deployment.</summary>
public class TargetOptions : VerbOptions
{
    [Value(0, MetaName = "TARGET", HelpText = "the deployment: an id, a name or an app folder")]
    public string? Target { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "which of an app's deployments")]
    public string? Name { get; set; }
}

/// <summary>Options of a verb that changes an existing deployment.</summary>
public class WritingOptions : TargetOptions, ILockingOptions
{
    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }
}

public sealed class DownOptions : WritingOptions
{
    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("unverified", HelpText = "end on Terraform's word alone, without asking a paid grid whether anything is left")]
    public bool Unverified { get; set; }
}

public sealed class HostOptions : TargetOptions
{
    [Option("host", MetaValue = "HOST", HelpText = "which machine; without it, the primary one")]
    public string? Host { get; set; }
}

public sealed class PatternCommandOptions : VerbOptions
{
    [Value(0, MetaName = "COMMAND", HelpText = "the command's name; what follows -- is added to it")]
    public string? Command { get; set; }

    [Value(1, MetaName = "TARGET", HelpText = "the deployment: an id, a name or an app folder")]
    public string? Target { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "which of an app's deployments")]
    public string? Name { get; set; }
}

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

public sealed class OutputsOptions : TargetOptions
{
    [Option("key", MetaValue = "OUTPUT", HelpText = "print this one output alone, for example primary_ip")]
    public string? Key { get; set; }
}

public sealed class NoOptions : VerbOptions;

public sealed class PatternOptionsShown : VerbOptions
{
    [Value(0, MetaName = "PATTERN", Required = true, HelpText = "the pattern's name")]
    public string Pattern { get; set; } = "";
}

public sealed class ResetOptions : VerbOptions
{
    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("all", HelpText = "remove the base image and the caches too")]
    public bool All { get; set; }
}

public sealed class UnlockOptions : TargetOptions
{
    [Option("force", HelpText = "also where another machine may be at work, which cannot be told from here")]
    public bool Force { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}

public sealed class HistoryOptions : TargetOptions
{
    [Option("runs", MetaValue = "N", Default = 20, HelpText = "how many runs from the end (default 20)")]
    public int Runs { get; set; }
}

public sealed class PsOptions : VerbOptions
{
    [Option("rescan", HelpText = "make the index anew from the deployments' records")]
    public bool Rescan { get; set; }
}
