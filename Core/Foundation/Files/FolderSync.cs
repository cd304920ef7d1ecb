using System.Runtime.InteropServices;
using System.Text;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Puts a folder's names on the disk: a file that was made or renamed there is found again after a power loss (man 2 fsync).</summary>
internal static unsafe partial class FolderSync
{
    private const int InvalidArgument = 22;

    /// <summary>Throws <see cref="IOException"/> where the disk fails. A file system that knows no such thing is passed over.</summary>
    public static void Of(string path)
    {
        int folder;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            folder = Libc.Open(name, Libc.ReadOnly);
        }

        if (folder < 0)
        {
            throw new IOException($"The folder {path} could not be opened to be put on the disk.");
        }

        int error = Sync(folder) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Libc.Close(folder);
        if (error is not (0 or InvalidArgument))
        {
            throw new IOException($"The folder {path} could not be put on the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>The folder that holds this file.</summary>
    public static void Around(string path) => Of(Path.GetDirectoryName(path) ?? "/");

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);
}
