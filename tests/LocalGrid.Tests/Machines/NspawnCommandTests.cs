using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Machines;

public sealed class NspawnCommandTests
{
    private static readonly VmPaths Paths = new("/grid/machines/tfl-v5");
    private static readonly string[] Nspawn = ["systemd-nspawn", "--boot"];

    [Test]
    public void A_machine_is_systemd_nspawn_in_its_own_namespace_with_its_disks() => Assert.That(
        NspawnCommand.Nspawn(
            SampleNetworks.Machine,
            Paths,
            [NspawnCommand.Bind("/dev/net/tun"), NspawnCommand.Bind("/d/data", "/data")],
            boots: true),
        Is.EqualTo(new[]
        {
            "systemd-nspawn",
            "--quiet",
            "--machine=tfl-v5",
            "--directory=/grid/machines/tfl-v5/root",
            "--hostname=my-vm",
            "--register=no",
            "--keep-unit",
            "--console=pipe",
            "--link-journal=no",
            "--resolv-conf=off",
            "--timezone=off",
            "--network-namespace-path=/run/netns/tfl-v5",
            "--capability=CAP_NET_ADMIN,CAP_NET_RAW",
            "--system-call-filter=add_key keyctl bpf",
            "--bind=/dev/net/tun",
            "--bind=/d/data:/data",
            "--boot",
        }));

    [Test]
    public void A_machine_that_never_boots_sleeps() => Assert.That(
        NspawnCommand.Nspawn(SampleNetworks.Machine, Paths, [], boots: false).TakeLast(3),
        Is.EqualTo(new[] { "--system-call-filter=add_key keyctl bpf", "/bin/sleep", "infinity" }));

    [Test]
    public void Colons_and_backslashes_in_a_path_are_escaped() =>
        Assert.That(NspawnCommand.Bind(@"/a:b\c", "/d:e"), Is.EqualTo(@"--bind=/a\:b\\c:/d\:e"));

    [Test]
    public void Without_systemd_a_shell_that_outlives_this_process_supervises_it()
    {
        IReadOnlyList<string> command = NspawnCommand.Detached(SampleNetworks.Machine, Paths, ["/cg/memory/x", "/cg/cpu/x"], Nspawn);

        Assert.That(command.Take(7), Is.EqualTo(new[]
        {
            "setsid", "--fork", "env", "SYSTEMD_NSPAWN_LOCK=0", "SYSTEMD_NSPAWN_API_VFS_WRITABLE=network", "sh", "-c",
        }));
        Assert.That(command.Skip(8), Is.EqualTo(new[]
        {
            "tfl-v5", "/grid/machines/tfl-v5/console.log", "/grid/machines/tfl-v5/pid",
            "/cg/memory/x /cg/cpu/x", "systemd-nspawn", "--boot",
        }));
    }

    [Test]
    public void Under_systemd_it_is_a_transient_unit_with_the_machines_limits() => Assert.That(
        NspawnCommand.Unit(SampleNetworks.Machine, Paths, Nspawn),
        Is.EqualTo(new[]
        {
            "systemd-run", "--unit=tfl-v5", "--collect", "--quiet",
            "-p", "Delegate=yes",
            "-p", "KillMode=mixed",
            "-p", "RestartForceExitStatus=133",
            "-p", "SuccessExitStatus=133",
            "-p", "TasksMax=infinity",
            "-p", "DevicePolicy=closed",
            "-p", "DeviceAllow=char-* m",
            "-p", "DeviceAllow=block-* m",
            "-p", "DeviceAllow=/dev/net/tun rwm",
            "-p", "DeviceAllow=/dev/fuse rwm",
            "-p", "MemoryMax=512M",
            "-p", "CPUQuota=200%",
            "-p", "StandardOutput=file:/grid/machines/tfl-v5/console.log",
            "-p", "StandardError=file:/grid/machines/tfl-v5/console.log",
            "-E", "SYSTEMD_NSPAWN_LOCK=0",
            "-E", "SYSTEMD_NSPAWN_API_VFS_WRITABLE=network",
            "systemd-nspawn", "--boot",
        }));

    /// <summary>The supervisor for real, with a guest that asks for a reboot once and then ends.</summary>
    [Test]
    public void The_supervisor_joins_the_groups_says_its_number_and_boots_again_after_a_reboot()
    {
        using var computer = new FakeComputer();
        computer.MakeFolder("/cg/a");
        computer.MakeFolder("/cg/b");
        var paths = new VmPaths(computer.In("/machine"));
        Directory.CreateDirectory(paths.Directory);
        string[] guest = ["sh", "-c", "echo boot; [ -e \"$0\" ] && exit 7; touch \"$0\"; exit 133", computer.In("/rebooted")];
        IReadOnlyList<string> command = NspawnCommand.Detached(
            SampleNetworks.Machine, paths, [computer.In("/cg/a"), computer.In("/cg/b")], guest);

        // Not detached: without `setsid --fork` the test sees it end.
        Assert.That(((IToolRunner)new ToolRunner()).Run([.. command.Skip(2)]).Output, Is.Empty);

        string pid = File.ReadAllText(paths.PidFile);
        Assert.That(computer.Read("/cg/a/cgroup.procs"), Is.EqualTo(pid).And.Match("^[0-9]+\n$"));
        Assert.That(computer.Read("/cg/b/cgroup.procs"), Is.EqualTo(pid));
        Assert.That(File.ReadAllText(paths.Console), Is.EqualTo("boot\nboot\nsystemd-nspawn ended with exit code 7\n"));
    }
}
