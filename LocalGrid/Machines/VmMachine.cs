using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Starts and ends machines.</summary>
internal sealed class VmMachine(WorldPaths paths, Computer computer)
{
    private const int ShownConsoleLines = 8;

    // For tunnels, and for file systems that are programs, such as fuse-overlayfs. Neither is a device of this computer's own.
    private static readonly string[] Devices = ["/dev/net/tun", "/dev/fuse"];

    private static readonly string[] SlowLine = ["root", "tbf", "rate", "256kbit", "burst", "16kbit", "latency", "800ms"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private readonly AptCache _aptCache = new(paths, computer);
    private readonly Cgroups _cgroups = new(computer);
    private readonly DiskImages _disks = new(paths, computer);
    private readonly VmNetwork _network = new(computer);

    public VmPaths PathsOf(VmRecord vm) => new(paths.MachineOf(vm.Machine));

    /// <summary>Returns when the guest's init runs and its network is up; ssh follows a moment later.</summary>
    public ProcessIdentity Start(VmSpec spec, VmRecord vm, DeploymentChange change, string image)
    {
        _network.Create(vm, change.Member);
        PrepareRoot(spec, vm, change.Member, image);
        _cgroups.Create(vm);
        if (change.SlowNetwork)
        {
            _network.Limit(vm, change.Member, SlowLine);
        }

        return Boot(vm, change.After.Contract, boots: !change.NeverBoots);
    }

    /// <summary>Ends it without a shutdown, like a power cut. Its files, disks, addresses and contract stay.</summary>
    public void CutPower(VmRecord vm, NetworkMember node)
    {
        // First, because the kernel closes the connections of a process that it kills.
        _network.Unplug(vm, node);
        _cgroups.KillAndRemove(vm.Machine);
    }

    /// <summary>Boots it again from its files. A reboot of this computer has taken its mounts and its network; they come back.</summary>
    public ProcessIdentity PowerOn(VmRecord vm, NetworkMember node, DeploymentRecord deployment)
    {
        VmPaths files = PathsOf(vm);
        File.Delete(files.PidFile);
        _cgroups.KillAndRemove(vm.Machine);
        _cgroups.Create(vm);
        _network.Plug(vm, node);
        deployment.Disks.ForEach(disk => _disks.Mount(deployment.Contract, disk));
        if (!MountTable.IsMountPoint(computer, files.Root))
        {
            MountRoot(
                files,
                vm.Image is { } image
                    ? Path.Combine(paths.Images, image)
                    : new BaseImage(paths, computer).Current(vm.Profile ?? MachineProfile.Usual));
        }

        return Boot(vm, deployment.Contract, boots: true);
    }

    /// <summary>Whether its own files are still there.</summary>
    public bool HasFiles(VmRecord vm) => Directory.Exists(PathsOf(vm).Upper);

    /// <summary>Removes everything that is left of it.</summary>
    public void Remove(VmRecord vm, NetworkMember? node)
    {
        VmPaths files = PathsOf(vm);
        _cgroups.KillAndRemove(vm.Machine);
        _network.Remove(vm, node);
        _aptCache.Harvest(files.Directory);
        computer.Kernel.Unmount(files.Root, detach: true);
        Trees.Delete(computer, files.Directory);
        RemoveEmpty(computer.At($"/run/systemd/nspawn/propagate/{vm.Machine}"));
    }

    private void PrepareRoot(VmSpec spec, VmRecord vm, NetworkMember node, string image)
    {
        VmPaths files = PathsOf(vm);
        Directory.CreateDirectory(paths.Machines);
        Directory.CreateDirectory(files.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(files.Upper);
        Directory.CreateDirectory(files.Work);
        Directory.CreateDirectory(files.Root);
        var guest = new GuestFiles(files.Upper, computer);
        guest.Write(spec, vm, node);
        _aptCache.HarvestAll();
        _aptCache.Fill(guest);
        MountRoot(files, image);
    }

    private void MountRoot(VmPaths files, string image)
    {
        string layers = $"lowerdir={image},upperdir={files.Upper},workdir={files.Work}";
        if (computer.Kernel.Mount("tfl", files.Root, "overlay", layers) is { } problem)
        {
            throw new GridException("The machine has no root", $"mounting an overlay at {files.Root} failed: {problem}");
        }
    }

    private ProcessIdentity Boot(VmRecord vm, long contract, bool boots)
    {
        VmPaths files = PathsOf(vm);
        IEnumerable<MountRecord> mounts = vm.Mounts ?? [];
        string[] binds =
        [
            .. Devices.Where(device => File.Exists(computer.At(device))).Select(NspawnCommand.Bind),
            .. mounts.Select(mount => NspawnCommand.Bind(_disks.MountPoint(contract, mount.Disk), mount.Path)),
        ];
        IReadOnlyList<string> nspawn = NspawnCommand.Nspawn(vm, files, binds, boots);
        return computer.HasSystemd ? StartUnit(vm, files, nspawn) : StartDetached(vm, files, nspawn);
    }

    private ProcessIdentity StartDetached(VmRecord vm, VmPaths files, IReadOnlyList<string> nspawn)
    {
        computer.Tools.Run(NspawnCommand.Detached(vm, files, _cgroups.DirectoriesOf(vm.Machine), nspawn));
        WaitFor(() => File.Exists(files.PidFile), vm, files);
        var process = ProcessIdentity.Of(int.Parse(File.ReadAllText(files.PidFile), CultureInfo.InvariantCulture));
        WaitFor(() => GuestRuns(vm) || !process.IsAlive, vm, files);
        return process.IsAlive ? process : throw Crashed(vm, files);
    }

    private ProcessIdentity StartUnit(VmRecord vm, VmPaths files, IReadOnlyList<string> nspawn)
    {
        computer.Tools.Run(NspawnCommand.Unit(vm, files, nspawn));
        WaitFor(() => GuestRuns(vm), vm, files);
        string pid = computer.Tools.Run(["systemctl", "show", "-p", "MainPID", "--value", $"{vm.Machine}.service"]).Output.Trim();
        return pid is "" or "0" ? throw Crashed(vm, files) : ProcessIdentity.Of(int.Parse(pid, CultureInfo.InvariantCulture));
    }

    // The guest's systemd creates init.scope first. A guest that never boots has only its payload group.
    private bool GuestRuns(VmRecord vm) => _cgroups.DirectoriesOf(vm.Machine).Any(group =>
        Directory.Exists($"{group}/payload") || Directory.Exists($"{group}/init.scope"));

    private void WaitFor(Func<bool> done, VmRecord vm, VmPaths files)
    {
        if (!Waiting.Until(done, StartLimit, Pause, computer.Clock))
        {
            throw Crashed(vm, files);
        }
    }

    private static GridException Crashed(VmRecord vm, VmPaths files)
    {
        string console = File.Exists(files.Console)
            ? string.Join('\n', File.ReadLines(files.Console).TakeLast(ShownConsoleLines))
            : "(its console is empty)";
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
