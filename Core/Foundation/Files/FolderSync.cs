using System.Runtime.InteropServices;
using System.Text;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// Flushes a folder to disk, so that a file created or renamed there survives a power loss (man 2 fsync).
/// </summary>
internal static unsafe partial class FolderSync
{
    private const int InvalidArgument = 22;

    /// <summary>
    /// Throws <see cref="IOException"/> if the disk fails. File systems without fsync for folders are ignored.
    /// </summary>
    public static void Of(string path)
    {
        int folder;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            folder = Libc.Open(name, Libc.ReadOnly);
        }

        if (folder < 0)
        {
            throw new IOException($"The folder {path} could not be opened to flush it to disk.", Marshal.GetLastPInvokeError());
        }

        int error = Sync(folder) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Libc.Close(folder);
        if (error is not (0 or InvalidArgument))
        {
            throw new IOException(
                $"The folder {path} could not be flushed to disk: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    /// <summary>The folder that holds this file.</summary>
    public static void Around(string path) => Of(Path.GetDirectoryName(path) ?? "/");

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);
}
