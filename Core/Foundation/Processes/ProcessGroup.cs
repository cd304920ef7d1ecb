using System.Runtime.InteropServices;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// A tool and everything that it starts, as one thing to signal. A child that outlives its parent is nobody's child any more, but stays in the
/// group.
/// </summary>
internal static partial class ProcessGroup
{
    private const int Terminate = 15;
    private const int KillSignal = 9;

    // Both become the program that they start, so that the process id is the group's.
    private static readonly (string Program, string[] Arguments)[] s_leaders = [("setsid", []), ("perl", ["-e", "setpgrp(0, 0); exec(@ARGV) or exit(127)"])];

    /// <summary>The command that makes the tool its group's leader; null: this machine has nothing for it.</summary>
    public static ToolCommand? Lead(ToolCommand command, string? path)
    {
        foreach ((string program, string[] arguments) in s_leaders)
        {
            if (ExecutablePath.Find(program, path) is { } leader)
            {
                return command with { Program = leader, Arguments = [.. arguments, command.Program, .. command.Arguments] };
            }
        }

        return null;
    }

    /// <summary>Asks it to end. A group that is gone already is no problem.</summary>
    public static void Ask(int leader) => Signal(leader, Terminate);

    public static void Kill(int leader) => Signal(leader, KillSignal);

    // To "minus nothing" would be to our own group.
    private static void Signal(int leader, int signal) => _ = leader > 1 ? Send(-leader, signal) : 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
