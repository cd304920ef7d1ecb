using System.Globalization;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>How long this thread has waited for a processor: the second number of schedstat, see proc(5).</summary>
internal static class ThreadWait
{
    private const string File = "/proc/thread-self/schedstat";
    private const long NanosecondsPerTick = 100;

    public static TimeSpan Total => System.IO.File.Exists(File)
        ? TimeSpan.FromTicks(long.Parse(System.IO.File.ReadAllText(File).Split(' ')[1], CultureInfo.InvariantCulture) / NanosecondsPerTick)
        : TimeSpan.Zero;
}
