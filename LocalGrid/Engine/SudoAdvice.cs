namespace TfgridCompose.LocalGrid.Engine;

internal static class SudoAdvice
{
    /// <summary>The executable in the line runs as root, so it should belong to root: else whoever may write it becomes root.</summary>
    public static string For(string executable) =>
        $"""
        Machines of the local grid need root for network namespaces and mounts, and `sudo -n {executable} engine` was refused.
        Run this as root, or allow that one program with `sudo visudo -f /etc/sudoers.d/tfgrid-localgrid` and the line:
        {Environment.UserName} ALL=(root) NOPASSWD: {executable}
        """;
}
