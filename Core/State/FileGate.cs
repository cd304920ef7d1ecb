namespace TfgridCompose.Core.State;

/// <summary>A short critical section between processes, by an advisory file lock that dies with its holder.</summary>
public static class FileGate
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock, 10 s at most, then throws <see cref="IOException"/>.</summary>
    public static FileStream Enter(string path)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < Limit)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
