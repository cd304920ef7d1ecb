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

    // Version 1 mounts one hierarchy for each controller, or for several together ("cpu,cpuacct"). A machine has a group in
    // all of them: its guest may write to what it sees as the root, and that must not be this computer's.
    private static readonly string[] Hierarchies = ["systemd", "unified"];
    private static readonly string[] Controllers =
    [
        "blkio", "cpu", "cpuacct", "cpuset", "devices", "freezer", "hugetlb", "memory", "misc", "net_cls", "net_prio", "perf_event",
        "pids", "rdma",
    ];

    // What every container of Linux has: null, zero, full, random, urandom, tty, console, ptmx, terminals; and tun and fuse. Nodes
    // of any device may be made, as Docker does for its containers, but not opened.
    private static readonly string[] Devices =
    [
        "c *:* m", "b *:* m", "c 1:3 rwm", "c 1:5 rwm", "c 1:7 rwm", "c 1:8 rwm", "c 1:9 rwm", "c 5:0 rwm", "c 5:1 rwm", "c 5:2 rwm",
        "c 136:* rwm", "c 10:200 rwm", "c 10:229 rwm",
    ];

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
            InheritCpus(directory);
            AllowDevices(directory);
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

    private IEnumerable<string> Parents() =>
        File.Exists($"{_root}/cgroup.controllers") ? [_root]
        : !Directory.Exists(_root) ? []
        : new DirectoryInfo(_root).EnumerateDirectories()
            .Where(hierarchy => hierarchy.LinkTarget is null && IsKnown(hierarchy.Name))
            .Select(hierarchy => hierarchy.FullName)
            .Order(StringComparer.Ordinal);

    private static bool IsKnown(string hierarchy) =>
        Hierarchies.Contains(hierarchy) || hierarchy.Split(',').All(Controllers.Contains);

    // A new group has no processors, and no process can join it then.
    private static void InheritCpus(string directory)
    {
        foreach (string file in new[] { "cpuset.cpus", "cpuset.mems" })
        {
            string parent = Path.Combine(Path.GetDirectoryName(directory)!, file);
            if (File.Exists(parent))
            {
                Set(directory, file, File.ReadAllText(parent).Trim());
            }
        }

        Set(directory, "cgroup.clone_children", "1");
    }

    private static void AllowDevices(string directory)
    {
        Set(directory, "devices.deny", "a");
        foreach (string device in Devices)
        {
            Set(directory, "devices.allow", device);
        }
    }

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
