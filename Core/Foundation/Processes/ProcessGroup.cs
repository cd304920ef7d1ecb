using System.Runtime.InteropServices;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// A tool and everything it starts, signalled as one. A child that outlives its parent stays in the group.
/// </summary>
internal static partial class ProcessGroup
{
    private const int Terminate = 15;
    private const int KillSignal = 9;

    // Both exec the tool, so the process id is also the group's id.
    private static readonly (string Program, string[] Arguments)[] Leaders =
    [
        ("setsid", []),
        ("perl", ["-e", "setpgrp(0, 0); exec(@ARGV) or exit(127)"]),
    ];

    /// <summary>
    /// The command that runs the tool as its group's leader; null if this machine has no program for that.
    /// </summary>
    public static ToolCommand? Lead(ToolCommand command, string? path)
    {
        foreach ((string program, string[] arguments) in Leaders)
        {
            if (ExecutablePath.Find(program, path) is { } leader)
            {
                return command with
                {
                    Program = leader,
                    Arguments = [.. arguments, command.Program, .. command.Arguments],
                };
            }
        }

        return null;
    }

    /// <summary>Sends SIGTERM. A group that is already gone is no problem.</summary>
    public static void Ask(int leader) => Signal(leader, Terminate);

    public static void Kill(int leader) => Signal(leader, KillSignal);

    // kill(0) signals our own group.
    private static void Signal(int leader, int signal) => _ = leader > 1 ? Send(-leader, signal) : 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
