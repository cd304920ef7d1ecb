namespace TfgridCompose.LocalGrid.World;

/// <summary>An advisory lock that the kernel drops when the process ends, whatever way it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    public static FileLock Take(string path, TimeSpan limit, Action? waiting = null)
    {
        var end = DateTime.UtcNow + limit;
        for (var told = false; ;)
        {
            if (TryOpen(path) is { } stream)
            {
                return new FileLock(stream);
            }

            if (DateTime.UtcNow > end)
            {
                throw new GridException("The local grid is busy", $"another process held {path} for {limit.TotalSeconds:0} s");
            }

            if (!told)
            {
                told = true;
                waiting?.Invoke();
            }

            Thread.Sleep(3);
        }
    }

    // FileShare.None is flock(LOCK_EX | LOCK_NB) in .NET on Linux.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException and not FileNotFoundException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
