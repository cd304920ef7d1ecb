namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// On this computer, disks are mounted without setuid programs and devices. In the machine they work as on a real node: a
/// systemd unit of its own lifts those limits from its mounts, which are not this computer's.
/// </summary>
internal static class DiskPower
{
    public const string Name = "tfl-disks.service";
    public const string Target = "local-fs.target";

    public static string Unit(IEnumerable<string> folders) =>
        $"""
        [Unit]
        Description=Disks with setuid programs
        DefaultDependencies=no
        Before=local-fs.target shutdown.target
        Conflicts=shutdown.target

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        {string.Join('\n', folders.Select(folder => $"ExecStart=/bin/mount -o remount,bind,suid,dev {Quoted(folder)}"))}

        """;

    // systemd.syntax(7), "Quoting"; percent signs are specifiers.
    private static string Quoted(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal)}\"";
}
