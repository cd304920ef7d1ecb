using System.Globalization;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// Files that whoever called us left open. A machine outlives the command that made it: what it inherited, a lock or a
/// pipe, would be held as long.
/// </summary>
internal static class InheritedFiles
{
    private const int LastStandardStream = 2;
    private const string Open = "/proc/self/fd";

    /// <summary>No program that is started from now on gets them.</summary>
    public static void KeepFromChildren()
    {
        if (!Directory.Exists(Open))
        {
            return;
        }

        foreach (var path in Directory.GetFileSystemEntries(Open))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var file)
                && file > LastStandardStream)
            {
                _ = Libc.ControlFile(file, Libc.SetFileFlags, Libc.CloseOnExec);
            }
        }
    }
}
