using System.Runtime.InteropServices;
using System.Text;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// A short critical section between processes. The advisory file lock ends with the process that holds it.
/// </summary>
public static unsafe partial class FileGate
{
    private const int Shared = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Whether another process has locked the file. If not, something is wrong with the file or the disk.</summary>
    public static bool IsHeld(IOException problem) => SystemError.IsAgain(problem);

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
            catch (IOException problem) when (IsHeld(problem) && Left(started) > TimeSpan.Zero)
            {
                AwaitRelease(path, Left(started));
            }
        }
    }

    private static TimeSpan Left(long started) => Limit - TimeProvider.System.GetElapsedTime(started);

    // flock has no time limit, so it blocks a thread of its own.
    private static void AwaitRelease(string path, TimeSpan limit)
    {
        var waiting = new Thread(() => LockOnce(path)) { IsBackground = true, Name = nameof(FileGate) };
        waiting.Start();
        _ = waiting.Join(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
    }

    private static void LockOnce(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            int file = Libc.Open(name, Libc.ReadOnly | Libc.CloseOnExec);
            if (file >= 0)
            {
                _ = Lock(file, Shared);
                _ = Libc.Close(file);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(int file, int operation);
}
