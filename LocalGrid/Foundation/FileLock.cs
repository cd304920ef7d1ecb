namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>An advisory lock that the kernel releases when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <param name="waiting">Called once if another process holds the lock.</param>
    public static FileLock Take(string path, TimeSpan limit, TimeProvider clock, Action? waiting = null)
    {
        FileStream? stream = TryOpen(path);
        if (stream is null)
        {
            waiting?.Invoke();
            Waiting.Until(() => (stream = TryOpen(path)) is not null, limit, Pause, clock);
        }

        return stream is not null
            ? new FileLock(stream)
            : throw new GridException("The local grid is busy", $"another process held {path} for {limit.TotalSeconds:0} s");
    }

    // FileShare.None is flock(LOCK_EX | LOCK_NB) in .NET on Linux.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            var stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,

                // Anyone who may open the file may hold the lock.
                UnixCreateMode = AtomicFile.Private,
            });
            if (Libc.IsRoot)
            {
                // An older build may have created it.
                File.SetUnixFileMode(stream.SafeFileHandle, AtomicFile.Private);
            }

            return stream;
        }
        catch (IOException e) when (e is not DirectoryNotFoundException and not FileNotFoundException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
