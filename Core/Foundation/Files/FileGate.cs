namespace TfgridCompose.Core.Foundation.Files;

/// <summary>A short critical section between processes, by an advisory file lock that dies with its holder.</summary>
public static class FileGate
{
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether the file is locked by another process; else something is wrong with the file or the disk (EWOULDBLOCK, man 2 flock).</summary>
    public static bool IsHeld(IOException problem) => problem.HResult is HeldOnLinux or HeldOnMac;

    /// <summary>Waits for the lock, 30 s at most, then throws <see cref="IOException"/>.</summary>
    public static FileStream Enter(string path)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException problem) when (IsHeld(problem) && TimeProvider.System.GetElapsedTime(started) < Limit)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
