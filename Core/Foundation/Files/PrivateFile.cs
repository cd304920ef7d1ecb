using System.Text;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Files that only their owner can read: mode 0600 from their creation on.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static StreamWriter Append(string path) => new(Open(path, FileMode.Append)) { AutoFlush = true };

    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite) =>
        new(path, new FileStreamOptions
        {
            Mode = mode,
            Access = mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite,
            Share = share,
            UnixCreateMode = OwnerOnly,
        });

    public static void CreateFolder(string path) =>
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>
    /// Makes a file that a tool wrote readable by its owner only. Does nothing if there is no such file.
    /// </summary>
    public static void Restrict(string path)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    /// <summary>
    /// Temp file, fsync, rename, fsync of the folder: a reader sees either the old text or the new one, even after a
    /// power loss.
    /// </summary>
    public static void Write(string path, string text)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        FileStream stream = Open(temporary, FileMode.Create);
        try
        {
            using (stream)
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // On a full disk, for example. The first problem is the one to report.
            try
            {
                File.Delete(temporary);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
            }

            throw;
        }

        FolderSync.Around(Path.GetFullPath(path));
    }
}
