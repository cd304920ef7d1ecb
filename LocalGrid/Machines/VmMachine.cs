using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Starts and ends machines.</summary>
internal sealed class VmMachine(WorldPaths paths)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly AptCache aptCache = new(paths);
    private readonly DiskImages disks = new(paths);

    public VmPaths PathsOf(VmRecord vm) => new(paths.MachineOf(vm.Machine));

    /// <summary>Returns when the guest's init runs and its network is up; ssh follows a moment later.</summary>
    public ProcessIdentity Start(VmSpec spec, VmRecord vm, DeploymentChange change, string image)
    {
        var files = PathsOf(vm);
        VmNetwork.Create(vm, change.Member);
        PrepareRoot(spec, files, image);
        Cgroups.Create(vm);
        if (change.SlowNetwork)
        {
            Tool.Run([
                "ip",
                "netns",
                "exec",
                vm.Machine,
                "tc",
                "qdisc",
                "add",
                "dev",
                "eth0",
                "root",
                "tbf",
                "rate",
                "256kbit",
                "burst",
                "16kbit",
                "latency",
                "800ms",
            ]);
        }

        return Boot(vm, change.After.Contract, isBooted: !change.NeverBoots);
    }

    /// <summary>Ends it as a power cut does: nobody is told. Its files, disks, addresses and contract stay.</summary>
    public static void CutPower(VmRecord vm, NetworkMember node)
    {
        // First, for the kernel says goodbye to the peers of a process that it kills.
        VmNetwork.Unplug(vm, node);
        Cgroups.KillAndRemove(vm.Machine);
    }

    /// <summary>Boots it from the files that it had.</summary>
    public ProcessIdentity PowerOn(VmRecord vm, NetworkMember node, long contract)
    {
        File.Delete(PathsOf(vm).PidFile);
        Cgroups.KillAndRemove(vm.Machine);
        Cgroups.Create(vm);
        VmNetwork.Plug(vm, node);
        return Boot(vm, contract, isBooted: true);
    }

    /// <summary>Whether it still has what it is booted from; not after a reboot of this computer.</summary>
    public bool HasRoot(VmRecord vm) => IpCommands.NamespaceExists(vm.Machine) && MountTable.IsMountPoint(PathsOf(vm).Root);

    /// <summary>Whatever is left of it goes; nothing of it need be there.</summary>
    public void Remove(VmRecord vm, NetworkMember? node)
    {
        var files = PathsOf(vm);
        Cgroups.KillAndRemove(vm.Machine);
        VmNetwork.Remove(vm, node);
        aptCache.Harvest(files.Directory);
        _ = Libc.Unmount(files.Root, Libc.Detach);
        Trees.Delete(files.Directory);
        RemoveEmpty($"/run/systemd/nspawn/propagate/{vm.Machine}");
    }

    private void PrepareRoot(VmSpec spec, VmPaths files, string image)
    {
        Directory.CreateDirectory(paths.Machines);
        Directory.CreateDirectory(files.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(files.Upper);
        Directory.CreateDirectory(files.Work);
        Directory.CreateDirectory(files.Root);
        var guest = new GuestFiles(files.Upper);
        guest.Write(spec);
        aptCache.HarvestAll();
        aptCache.Fill(guest);
        if (Libc.Mount("tfl", files.Root, "overlay", 0, $"lowerdir={image},upperdir={files.Upper},workdir={files.Work}") != 0)
        {
            throw new GridException("The machine has no root", $"mounting an overlay at {files.Root} failed: {Libc.LastError}");
        }
    }

    private ProcessIdentity Boot(VmRecord vm, long contract, bool isBooted)
    {
        var files = PathsOf(vm);
        IEnumerable<MountRecord> mounts = vm.Mounts ?? [];
        var binds = mounts.Select(mount => NspawnCommand.Bind(disks.MountPoint(contract, mount.Disk), mount.Path)).ToList();
        var nspawn = NspawnCommand.Nspawn(vm, files, binds, isBooted);
        return Cgroups.HostHasSystemd ? StartUnit(vm, files, nspawn) : StartDetached(vm, files, nspawn);
    }

    private static ProcessIdentity StartDetached(VmRecord vm, VmPaths files, IReadOnlyList<string> nspawn)
    {
        Tool.Run(NspawnCommand.Detached(vm, files, nspawn));
        WaitFor(() => File.Exists(files.PidFile), vm, files);
        var process = ProcessIdentity.Of(int.Parse(File.ReadAllText(files.PidFile), CultureInfo.InvariantCulture));
        WaitFor(() => GuestRuns(vm) || !process.IsAlive, vm, files);
        return process.IsAlive ? process : throw Crashed(vm, files);
    }

    private static ProcessIdentity StartUnit(VmRecord vm, VmPaths files, IReadOnlyList<string> nspawn)
    {
        Tool.Run(NspawnCommand.Unit(vm, files, nspawn));
        WaitFor(() => GuestRuns(vm), vm, files);
        var pid = Tool.Run(["systemctl", "show", "-p", "MainPID", "--value", $"{vm.Machine}.service"]).Output.Trim();
        return pid is "" or "0" ? throw Crashed(vm, files) : ProcessIdentity.Of(int.Parse(pid, CultureInfo.InvariantCulture));
    }

    // The guest's systemd makes init.scope first of all; one that never boots has only its payload group.
    private static bool GuestRuns(VmRecord vm) => Cgroups.DirectoriesOf(vm.Machine).Any(group =>
        Directory.Exists($"{group}/payload") || Directory.Exists($"{group}/init.scope"));

    private static void WaitFor(Func<bool> done, VmRecord vm, VmPaths files)
    {
        for (var end = DateTime.UtcNow + StartLimit; !done(); Thread.Sleep(4))
        {
            if (DateTime.UtcNow > end)
            {
                throw Crashed(vm, files);
            }
        }
    }

    private static GridException Crashed(VmRecord vm, VmPaths files)
    {
        var console = File.Exists(files.Console) ? string.Join('\n', File.ReadLines(files.Console).TakeLast(8)) : "(its console is empty)";
        return new GridException("The machine did not start", $"vm {vm.Name} ended before its init ran. Its console:\n{console}");
    }

    private static void RemoveEmpty(string directory)
    {
        if (Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }
}
