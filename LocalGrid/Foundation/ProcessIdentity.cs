using System.Globalization;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>A process that cannot be mistaken for a later one with the same number, not even after a reboot.</summary>
internal sealed record ProcessIdentity(int Pid, long StartTime, string Boot)
{
    public static string CurrentBoot { get; } = ReadBoot();

    public bool IsAlive => Boot == CurrentBoot && ReadStartTime(Pid) == StartTime;

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId);

    public static ProcessIdentity Of(int pid) => new(pid, ReadStartTime(pid) ?? 0, CurrentBoot);

    // proc(5): the name in parentheses may hold anything; field 3 follows the last one. Z and X are dead.
    private static long? ReadStartTime(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ReadBoot()
    {
        const string Path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Path) ? File.ReadAllText(Path).Trim() : "";
    }
}
