using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VmMachineTests : IDisposable
{
    private const string Folder = "/grid/machines/tfl-v5";

    private static readonly DeploymentRecord Deployment = new() { Contract = 1007, Node = 1, Name = "vm" };

    private static readonly DeploymentChange Change = new(Deployment, Deployment, SampleNetworks.First, ["my_vm"]);

    private readonly FakeComputer _computer = new();

    private VmMachine Machines => new(_computer.Paths, _computer.Computer);

    private string Nspawn =>
        _computer.Tools.Commands.Single(command => command.Contains("systemd-nspawn --quiet", StringComparison.Ordinal));

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_machine_starts_with_network_root_and_cgroups_in_this_order()
    {
        _computer.Write("/grid/cache/packages/nginx.deb", "nginx");

        ProcessIdentity process = StartMachine(Change);

        Assert.That(process, Is.EqualTo(ProcessIdentity.Current), "the number in its pid file");
        Assert.That(
            _computer.Tools.Commands.Select(command => command.Split(' ')[0]),
            Is.EqualTo(new[] { "ip", "ip", "ip", "ssh-keygen", "setsid" }));
        Assert.That(_computer.Read("/proc/self/mounts"), Does.EndWith(
            $"tfl {_computer.In(Folder)}/root overlay "
                + $"lowerdir=/image,upperdir={_computer.In(Folder)}/upper,workdir={_computer.In(Folder)}/work 0 0\n"));
        Assert.That(_computer.Read($"{Folder}/upper/etc/hostname"), Is.EqualTo("my-vm\n"));
        Assert.That(_computer.In($"{Folder}/upper/var/cache/apt/archives/nginx.deb"), Does.Exist);
        Assert.That(
            File.GetUnixFileMode(_computer.In(Folder)),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v5"), Does.Exist);
        Assert.That(
            Nspawn,
            Does.Contain($"{_computer.In("/sys/fs/cgroup/cpu/tfl-v5")} {_computer.In("/sys/fs/cgroup/memory/tfl-v5")} systemd-nspawn"));
        Assert.That(
            Nspawn,
            Does.EndWith($"--bind=/dev/net/tun --bind=/dev/fuse --bind={_computer.In("/grid/disks/c1007/data")}:/data --boot"));
    }

    [Test]
    public void A_machine_has_its_limits_before_it_boots()
    {
        const string Memory = "/sys/fs/cgroup/memory/tfl-v5/memory.limit_in_bytes";
        const string Cpu = "/sys/fs/cgroup/cpu/tfl-v5/cpu.cfs_quota_us";
        _computer.Write(Memory, "none");
        _computer.Write(Cpu, "none");
        _computer.Tools.MachinesCrash = true;

        Assert.That(() => StartMachine(Change), Throws.TypeOf<GridException>(), "it did not get as far as its init");

        long memory = SampleNetworks.Machine.MemoryMb << 20;
        Assert.That(_computer.Read(Memory), Is.EqualTo($"{memory}"));
        Assert.That(_computer.Read(Cpu), Is.EqualTo($"{SampleNetworks.Machine.Cpu * 100_000}"));
    }

    [Test]
    public void Packages_of_running_machines_are_there_for_a_new_one()
    {
        DownloadedPackage.Put(_computer, "/grid/machines/tfl-v1", "nginx_1_all.deb", "nginx");

        StartMachine(Change);

        Assert.That(_computer.In($"{Folder}/upper/var/cache/apt/archives/nginx_1_all.deb"), Does.Exist);
    }

    [Test]
    public void A_computer_without_tun_gives_none_to_its_machines()
    {
        _computer.Remove("/dev/net/tun");

        StartMachine(Change);

        Assert.That(Nspawn, Does.Not.Contain("tun"));
    }

    [Test]
    public void A_slow_network_is_a_limit_on_what_the_machine_sends()
    {
        StartMachine(Change with { SlowNetwork = true });

        Assert.That(_computer.Tools.Commands.Where(command => command.Contains("tbf", StringComparison.Ordinal)), Is.EqualTo(
            new[] { "eth0", "eth1", "eth2" }.Select(
                name => $"ip netns exec tfl-v5 tc qdisc add dev {name} root tbf rate 256kbit burst 16kbit latency 800ms")));
    }

    [Test]
    public void A_machine_that_never_boots_has_no_init()
    {
        StartMachine(Change with { NeverBoots = true });

        Assert.That(Nspawn, Does.EndWith("/bin/sleep infinity"));
    }

    [Test]
    public void Under_systemd_a_machine_is_a_unit_and_its_main_process_the_machine()
    {
        _computer.MakeFolder("/run/systemd/system");

        Assert.That(StartMachine(Change), Is.EqualTo(ProcessIdentity.Current));
        Assert.That(_computer.Tools.Commands.Last(), Is.EqualTo("systemctl show -p MainPID --value tfl-v5.service"));
        Assert.That(Nspawn, Does.StartWith("systemd-run --unit=tfl-v5"));
    }

    [TestCase("")]
    [TestCase("0\n")]
    public void A_unit_without_a_main_process_did_not_start(string pid)
    {
        _computer.MakeFolder("/run/systemd/system");
        _computer.Tools.Answer("systemctl show", output: pid);

        Assert.That(() => StartMachine(Change), Throws.TypeOf<GridException>().With.Message.Contains("(its console is empty)"));
    }

    [Test]
    public void A_machine_that_does_not_come_up_in_ten_seconds_shows_its_console()
    {
        _computer.Tools.MachinesCrash = true;

        Assert.That(
            () => StartMachine(Change),
            Throws.TypeOf<GridException>().With.Message.EqualTo("vm my_vm ended before its init ran. Its console:\nBooting\nWelcome"));
        Assert.That(_computer.Clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(10)).Within(TimeSpan.FromSeconds(0.1)));
    }

    [Test]
    public void Of_a_long_console_the_last_eight_lines_are_shown()
    {
        _computer.Tools.Answer("setsid", () => _computer.Write($"{Folder}/console.log", string.Join('\n', Enumerable.Range(1, 20))));

        Assert.That(() => StartMachine(Change), Throws.Exception.With.Message.EndsWith("console:\n13\n14\n15\n16\n17\n18\n19\n20"));
    }

    [Test]
    public void A_machine_whose_process_ended_at_once_did_not_start()
    {
        _computer.Tools.Answer("setsid", () => _computer.Write($"{Folder}/pid", $"{int.MaxValue}\n"));

        Assert.That(
            () => StartMachine(Change),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("The machine did not start"));
        Assert.That(_computer.Clock.Waits, Is.Zero, "it is not waited for");
    }

    [Test]
    public void A_machine_without_a_root_says_why()
    {
        _computer.Kernel.MountProblem = "no such device";

        Assert.That(
            () => StartMachine(Change),
            Throws.Exception.With.Message.EqualTo($"mounting an overlay at {_computer.In(Folder)}/root failed: no such device"));
    }

    [Test]
    public void A_power_cut_unplugs_the_network_before_it_kills()
    {
        StartMachine(Change);
        _computer.Tools.Clear();
        bool plugged = true;
        _computer.Tools.Answer("ip -n tfl-n3 -force -batch -", () => plugged = _computer.Kernel.Killed.Count > 0);

        Machines.CutPower(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(plugged, Is.False);
        Assert.That(_computer.Kernel.Killed, Is.EqualTo(new[] { 4242 }));
        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.In($"{Folder}/upper"), Does.Exist);
        Assert.That(Machines.HasFiles(SampleNetworks.Machine));
    }

    [Test]
    public void Power_boots_it_again_from_its_files_with_its_limits()
    {
        StartMachine(Change);
        Machines.CutPower(SampleNetworks.Machine, SampleNetworks.First);
        _computer.Tools.Clear();

        ProcessIdentity process = Machines.PowerOn(SampleNetworks.Machine, SampleNetworks.First, Deployment);

        Assert.That(process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(_computer.Tools.IpLines.First(), Is.EqualTo("tfl-n3: link set tfl-v5 up"));
        Assert.That(_computer.In("/sys/fs/cgroup/cpu/tfl-v5"), Does.Exist);
        Assert.That(Nspawn, Does.EndWith("--boot"));
    }

    [Test]
    public void An_old_pid_file_is_not_taken_for_the_new_one()
    {
        StartMachine(Change);
        Machines.CutPower(SampleNetworks.Machine, SampleNetworks.First);
        _computer.Tools.MachinesCrash = true;

        Assert.That(() => Machines.PowerOn(SampleNetworks.Machine, SampleNetworks.First, Deployment), Throws.TypeOf<GridException>());
    }

    [Test]
    public void Power_brings_back_namespace_and_root_where_they_are_gone()
    {
        StartMachine(Change);
        Machines.CutPower(SampleNetworks.Machine, SampleNetworks.First);
        _computer.Kernel.Unmount(_computer.In($"{Folder}/root"), detach: false);
        _computer.Remove("/run/netns/tfl-v5");
        _computer.Tools.Clear();

        Machines.PowerOn(SampleNetworks.Machine with { Image = "older" }, SampleNetworks.First, Deployment);

        Assert.That(_computer.Tools.IpLines.First(), Is.EqualTo("netns add tfl-v5"));
        Assert.That(_computer.Read("/proc/self/mounts"), Does.Contain($"lowerdir={_computer.In("/grid/images/older")},"));
        Assert.That(Nspawn, Does.EndWith("--boot"));
    }

    [Test]
    public void A_machine_without_files_has_nothing_to_boot_from()
    {
        Assert.That(Machines.HasFiles(SampleNetworks.Machine), Is.False);
        StartMachine(Change);
        Assert.That(Machines.HasFiles(SampleNetworks.Machine));
    }

    [Test]
    public void A_removed_machine_leaves_its_packages_and_nothing_else()
    {
        StartMachine(Change);
        DownloadedPackage.Put(_computer, Folder, "curl_1_all.deb", "curl");
        _computer.MakeFolder("/run/systemd/nspawn/propagate/tfl-v5");

        Machines.Remove(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(_computer.In("/grid/cache/packages/curl_1_all.deb"), Does.Exist);
        Assert.That(_computer.In(Folder), Does.Not.Exist);
        Assert.That(_computer.Read("/proc/self/mounts"), Does.Not.Contain("tfl-v5"));
        Assert.That(_computer.In("/run/netns/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.In("/run/systemd/nspawn/propagate/tfl-v5"), Does.Not.Exist);
        Assert.That(() => Machines.Remove(SampleNetworks.Machine, SampleNetworks.First), Throws.Nothing);
    }

    [Test]
    public void What_nspawn_still_propagates_is_left()
    {
        _computer.Write("/run/systemd/nspawn/propagate/tfl-v5/mount", "");

        Machines.Remove(SampleNetworks.Machine, null);

        Assert.That(_computer.In("/run/systemd/nspawn/propagate/tfl-v5/mount"), Does.Exist);
    }

    private ProcessIdentity StartMachine(DeploymentChange change) =>
        Machines.Start(Worlds.Vm("my_vm"), SampleNetworks.Machine, change, "/image");
}
