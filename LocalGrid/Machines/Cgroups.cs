using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// A machine's own cgroups. When systemd-nspawn is killed, its guest runs on, so a machine is ended through its cgroup.
/// Works with cgroup v1, hybrid and v2. If systemd is PID 1, it owns the tree, and the machine is one of its units.
/// </summary>
internal sealed class Cgroups(Computer computer)
{
    private const int Period = 100_000;

    private static readonly string[] LegacyControllers = ["systemd", "unified", "memory", "cpu", "cpu,cpuacct"];
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _root = computer.At("/sys/fs/cgroup");

    public IReadOnlyList<string> DirectoriesOf(string machine) => computer.HasSystemd
        ? [$"{_root}/system.slice/{machine}.service", $"{_root}/systemd/system.slice/{machine}.service"]
        : [.. Parents().Select(parent => $"{parent}/{machine}")];

    /// <summary>Machines that have a cgroup; none if systemd owns them.</summary>
    public IEnumerable<string> Machines() => computer.HasSystemd ? [] : Parents()
        .Where(Directory.Exists)
        .SelectMany(Directory.EnumerateDirectories)
        .Select(path => Path.GetFileName(path))
        .Where(name => name.StartsWith("tfl-v", StringComparison.Ordinal))
        .Distinct();

    public void Create(VmRecord vm)
    {
        if (computer.HasSystemd)
        {
            return;
        }

        foreach (string directory in DirectoriesOf(vm.Machine))
        {
            Directory.CreateDirectory(directory);
            string memory = (vm.MemoryMb * GridCatalog.MiB).ToString(CultureInfo.InvariantCulture);
            string quota = (vm.Cpu * Period).ToString(CultureInfo.InvariantCulture);
            Set(directory, "memory.limit_in_bytes", memory);
            Set(directory, "memory.max", memory);
            Set(directory, "cpu.cfs_quota_us", quota);
            Set(directory, "cpu.max", $"{quota} {Period}");
        }
    }

    public IReadOnlyList<int> Processes(string machine) =>
    [
        .. DirectoriesOf(machine).Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "cgroup.procs", SearchOption.AllDirectories))
            .SelectMany(ReadPids)
            .Distinct(),
    ];

    public void KillAndRemove(string machine)
    {
        Waiting.Until(() => KillAll(machine), EndLimit, Pause, computer.Clock);
        if (computer.HasSystemd)
        {
            computer.Tools.Try(["systemctl", "stop", $"{machine}.service"]);
            computer.Tools.Try(["systemctl", "reset-failed", $"{machine}.service"]);
            return;
        }

        foreach (string directory in DirectoriesOf(machine).Where(Directory.Exists))
        {
            RemoveTree(directory);
        }
    }

    // Returns true if nothing runs any more.
    private bool KillAll(string machine)
    {
        IReadOnlyList<int> processes = Processes(machine);
        foreach (int process in processes)
        {
            computer.Kernel.Kill(process);
        }

        return processes.Count == 0;
    }

    private IEnumerable<string> Parents() => File.Exists($"{_root}/cgroup.controllers")
        ? [_root]
        : LegacyControllers.Select(name => $"{_root}/{name}").Where(Directory.Exists);

    // Children first; a cgroup that was just emptied can be busy for a moment.
    private void RemoveTree(string directory)
    {
        foreach (string child in Directory.EnumerateDirectories(directory))
        {
            RemoveTree(child);
        }

        Waiting.Until(() => computer.Kernel.RemoveDirectory(directory), RemovalLimit, Pause, computer.Clock);
    }

    // 0 means a process of another PID namespace. kill(0) would end our own process group.
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
        string path = Path.Combine(directory, file);
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
            // On a kernel without this limit, the machine runs without it.
        }
    }
}
