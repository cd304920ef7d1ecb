using System.Globalization;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>This process's memory, as the kernel counts it.</summary>
internal static class ProcessMemory
{
    private const string ForgetPeakWord = "5";

    public static long NowKb => Line("VmRSS:");

    public static long PeakKb => Line("VmHWM:");

    /// <summary>Lets the peak begin at what is used now: proc(5), clear_refs.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", ForgetPeakWord);

    private static long Line(string name) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'),
        CultureInfo.InvariantCulture);
}
