namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>What happens to a run.</summary>
internal enum CrashWay
{
    /// <summary>SIGKILL; what it has started goes on.</summary>
    Kill,

    /// <summary>SIGKILL to it and to all that it has started.</summary>
    KillWithTools,

    /// <summary>SIGKILL to a tool that it runs: wg-quick, ssh, terraform, the provider or ansible-playbook.</summary>
    KillTool,

    /// <summary>SIGHUP, as when a terminal is closed.</summary>
    HangUp,

    /// <summary>SIGTERM, as when the computer is shut down.</summary>
    Terminate,

    /// <summary>The disk with its state folder is full until it ends.</summary>
    FillDisk,
}
