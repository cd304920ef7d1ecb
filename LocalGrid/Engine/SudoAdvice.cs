namespace TfgridCompose.LocalGrid.Engine;

internal static class SudoAdvice
{
    /// <summary>The program must belong to root: anyone who can write to it can become root.</summary>
    public static string For(string program) =>
        $"""
        Machines of the local grid need root for network namespaces and mounts, and `sudo -n {program} engine` was refused.
        Run this as root, or allow that one program with `sudo visudo -f /etc/sudoers.d/tfgrid-localgrid` and the line:
        {Environment.UserName} ALL=(root) NOPASSWD: {program}
        """;
}
