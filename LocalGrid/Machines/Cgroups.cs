using System.Globalization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// A machine's own cgroups. SIGKILL of systemd-nspawn leaves its guest running, so the cgroup is how a machine is ended.
/// Covers cgroup v1, hybrid and v2; where systemd is PID 1 it owns the tree and the machine is a unit of it.
/// </summary>
internal static class Cgroups
{
    private const string Root = "/sys/fs/cgroup";
    private const int Period = 100_000;

    private static readonly string[] LegacyControllers = ["systemd", "unified", "memory", "cpu", "cpu,cpuacct"];

    public static bool HostHasSystemd { get; } = Directory.Exists("/run/systemd/system");

    public static IReadOnlyList<string> DirectoriesOf(string machine)
    {
        if (HostHasSystemd)
        {
            return [$"{Root}/system.slice/{machine}.service", $"{Root}/systemd/system.slice/{machine}.service"];
        }

        return File.Exists($"{Root}/cgroup.controllers")
            ? [$"{Root}/{machine}"]
            : [.. LegacyControllers.Where(name => Directory.Exists($"{Root}/{name}")).Select(name => $"{Root}/{name}/{machine}")];
    }

    public static void Create(VmRecord vm)
    {
        if (HostHasSystemd)
        {
            return;
        }

        foreach (var directory in DirectoriesOf(vm.Machine))
        {
            Directory.CreateDirectory(directory);
            var memory = (vm.MemoryMb * GridCatalog.MiB).ToString(CultureInfo.InvariantCulture);
            var quota = (vm.Cpu * Period).ToString(CultureInfo.InvariantCulture);
            Set(directory, "memory.limit_in_bytes", memory);
            Set(directory, "memory.max", memory);
            Set(directory, "cpu.cfs_quota_us", quota);
            Set(directory, "cpu.max", $"{quota} {Period}");
        }
    }

    public static IReadOnlyList<int> Processes(string machine) =>
    [
        .. DirectoriesOf(machine).Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "cgroup.procs", SearchOption.AllDirectories))
            .SelectMany(ReadPids)
            .Distinct(),
    ];

    public static void KillAndRemove(string machine)
    {
        for (var tries = 0; tries < 500 && Processes(machine) is { Count: > 0 } pids; tries++)
        {
            foreach (var pid in pids)
            {
                _ = Libc.Kill(pid, Libc.SigKill);
            }

            Thread.Sleep(5);
        }

        if (HostHasSystemd)
        {
            Tool.Try(["systemctl", "stop", $"{machine}.service"]);
            Tool.Try(["systemctl", "reset-failed", $"{machine}.service"]);
            return;
        }

        foreach (var directory in DirectoriesOf(machine).Where(Directory.Exists))
        {
            RemoveTree(directory);
        }
    }

    // Only rmdir works in cgroupfs, children first; a just emptied group can be busy for a moment.
    private static void RemoveTree(string directory)
    {
        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            RemoveTree(child);
        }

        for (var tries = 0; tries < 50; tries++)
        {
            try
            {
                Directory.Delete(directory);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static IEnumerable<int> ReadPids(string file)
    {
        try
        {
            return [.. File.ReadAllLines(file).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Where(pid => pid > 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static void Set(string directory, string file, string value)
    {
        var path = Path.Combine(directory, file);
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            File.WriteAllText(path, value);
        }
        catch (IOException)
        {
            // A kernel without this limit runs the machine without it.
        }
    }
}
