using System.Runtime.InteropServices;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// Runs the few privileged commands: directly as root, otherwise through <c>sudo -n</c>, which never asks for a
/// password.
/// </summary>
public static partial class Privilege
{
    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && EffectiveUserId() == 0;

    public static ToolCommand Elevate(ToolCommand command, bool isRoot) =>
        isRoot
            ? command
            : command with { Program = "sudo", Arguments = ["-n", "--", command.Program, .. command.Arguments] };

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
