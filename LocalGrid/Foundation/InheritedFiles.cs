using System.Globalization;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>
/// Files that our caller left open. A machine outlives the command that created it, and would keep an inherited lock or pipe
/// open as long as it runs.
/// </summary>
internal static class InheritedFiles
{
    private const int LastStandardStream = 2;
    private const string Open = "/proc/self/fd";

    /// <summary>Programs that are started from now on do not inherit them.</summary>
    public static void KeepFromChildren()
    {
        if (!Directory.Exists(Open))
        {
            return;
        }

        foreach (string path in Directory.GetFileSystemEntries(Open))
        {
            string name = Path.GetFileName(path);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int file) && file > LastStandardStream)
            {
                _ = Libc.ControlFile(file, Libc.SetFileFlags, Libc.CloseOnExec);
            }
        }
    }
}
