using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CgroupsTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    private Cgroups Cgroups => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    /// <summary>A link is another name of a hierarchy, and one with a name of its own belongs to other programs.</summary>
    [Test]
    public void With_version_1_a_machine_has_a_group_in_each_hierarchy_of_controllers()
    {
        foreach (string hierarchy in new[] { "systemd", "unified", "blkio", "net_cls,net_prio", "elogind" })
        {
            _computer.MakeFolder($"/sys/fs/cgroup/{hierarchy}");
        }

        File.CreateSymbolicLink(_computer.In("/sys/fs/cgroup/net_cls"), "net_cls,net_prio");

        Assert.That(Cgroups.DirectoriesOf("tfl-v5"), Is.EqualTo(new[]
        {
            _computer.In("/sys/fs/cgroup/blkio/tfl-v5"),
            _computer.In("/sys/fs/cgroup/cpu/tfl-v5"),
            _computer.In("/sys/fs/cgroup/memory/tfl-v5"),
            _computer.In("/sys/fs/cgroup/net_cls,net_prio/tfl-v5"),
            _computer.In("/sys/fs/cgroup/systemd/tfl-v5"),
            _computer.In("/sys/fs/cgroup/unified/tfl-v5"),
        }));
    }

    [Test]
    public void A_group_has_the_processors_of_its_parent_before_a_process_joins_it()
    {
        foreach ((string file, string parent) in new[] { ("cpuset.cpus", "0-3"), ("cpuset.mems", "0"), ("cgroup.clone_children", "0") })
        {
            _computer.Write($"/sys/fs/cgroup/cpuset/{file}", $"{parent}\n");
            _computer.Write($"/sys/fs/cgroup/cpuset/tfl-v5/{file}", "");
        }

        Cgroups.Create(SampleNetworks.Machine);

        Assert.That(_computer.Read("/sys/fs/cgroup/cpuset/tfl-v5/cpuset.cpus"), Is.EqualTo("0-3"));
        Assert.That(_computer.Read("/sys/fs/cgroup/cpuset/tfl-v5/cpuset.mems"), Is.EqualTo("0"));
        Assert.That(_computer.Read("/sys/fs/cgroup/cpuset/tfl-v5/cgroup.clone_children"), Is.EqualTo("1"));
    }

    [Test]
    public void A_machine_opens_no_device_of_this_computer()
    {
        _computer.Write("/sys/fs/cgroup/devices/tfl-v5/devices.deny", "");
        _computer.Write("/sys/fs/cgroup/devices/tfl-v5/devices.allow", "");

        Cgroups.Create(SampleNetworks.Machine);

        Assert.That(_computer.Read("/sys/fs/cgroup/devices/tfl-v5/devices.deny"), Is.EqualTo("a"));
        // Each line is a write of its own; a plain file keeps the last one.
        Assert.That(_computer.Read("/sys/fs/cgroup/devices/tfl-v5/devices.allow"), Is.EqualTo("c 10:229 rwm"));
    }

    [Test]
    public void With_version_2_a_machine_has_one_group()
    {
        _computer.Write("/sys/fs/cgroup/cgroup.controllers", "cpu memory");

        Assert.That(Cgroups.DirectoriesOf("tfl-v5"), Is.EqualTo(new[] { _computer.In("/sys/fs/cgroup/tfl-v5") }));
    }

    [Test]
    public void Under_systemd_a_machine_is_a_unit_and_systemd_owns_its_groups()
    {
        _computer.MakeFolder("/run/systemd/system");
        _computer.MakeFolder("/sys/fs/cgroup/memory/tfl-v5");

        Assert.That(Cgroups.DirectoriesOf("tfl-v5"), Is.EqualTo(new[]
        {
            _computer.In("/sys/fs/cgroup/system.slice/tfl-v5.service"),
            _computer.In("/sys/fs/cgroup/systemd/system.slice/tfl-v5.service"),
        }));
        Assert.That(Cgroups.Machines(), Is.Empty);
        Cgroups.Create(SampleNetworks.Machine);
        Assert.That(_computer.In("/sys/fs/cgroup/system.slice"), Does.Not.Exist);
    }

    [Test]
    public void Memory_and_cpu_are_limited_where_the_kernel_has_the_file()
    {
        _computer.Write("/sys/fs/cgroup/memory/tfl-v5/memory.limit_in_bytes", "");
        _computer.Write("/sys/fs/cgroup/cpu/tfl-v5/cpu.cfs_quota_us", "");

        Cgroups.Create(SampleNetworks.Machine);

        Assert.That(_computer.Read("/sys/fs/cgroup/memory/tfl-v5/memory.limit_in_bytes"), Is.EqualTo("536870912"));
        Assert.That(_computer.Read("/sys/fs/cgroup/cpu/tfl-v5/cpu.cfs_quota_us"), Is.EqualTo("200000"));
        Assert.That(_computer.In("/sys/fs/cgroup/cpu/tfl-v5/cpu.max"), Does.Not.Exist);
    }

    [Test]
    public void With_version_2_the_limits_are_in_its_own_files()
    {
        _computer.Write("/sys/fs/cgroup/cgroup.controllers", "cpu memory");
        _computer.Write("/sys/fs/cgroup/tfl-v5/memory.max", "");
        _computer.Write("/sys/fs/cgroup/tfl-v5/cpu.max", "");

        Cgroups.Create(SampleNetworks.Machine);

        Assert.That(_computer.Read("/sys/fs/cgroup/tfl-v5/memory.max"), Is.EqualTo("536870912"));
        Assert.That(_computer.Read("/sys/fs/cgroup/tfl-v5/cpu.max"), Is.EqualTo("200000 100000"));
    }

    [Test]
    public void Machines_are_the_groups_with_their_names()
    {
        _computer.MakeFolder("/sys/fs/cgroup/memory/tfl-v5");
        _computer.MakeFolder("/sys/fs/cgroup/cpu/tfl-v5");
        _computer.MakeFolder("/sys/fs/cgroup/cpu/tfl-v6");
        _computer.MakeFolder("/sys/fs/cgroup/cpu/other");

        Assert.That(Cgroups.Machines(), Is.EqualTo(new[] { "tfl-v5", "tfl-v6" }));
    }

    /// <summary>0 is a process that this PID namespace cannot see; kill(0) would end the local grid's own processes.</summary>
    [Test]
    public void Every_process_in_the_machines_groups_is_killed_and_process_0_never()
    {
        _computer.Write("/sys/fs/cgroup/memory/tfl-v5/cgroup.procs", "41\n");
        _computer.Write("/sys/fs/cgroup/memory/tfl-v5/payload/system.slice/cgroup.procs", "0\n42\n");
        _computer.Write("/sys/fs/cgroup/cpu/tfl-v5/cgroup.procs", "41\n");
        _computer.Write("/sys/fs/cgroup/memory/tfl-v6/cgroup.procs", "60\n");
        Assert.That(Cgroups.Processes("tfl-v5"), Is.EquivalentTo(new[] { 41, 42 }));

        Cgroups.KillAndRemove("tfl-v5");

        Assert.That(_computer.Kernel.Killed, Is.EquivalentTo(new[] { 41, 42 }));
        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.In("/sys/fs/cgroup/cpu/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v6"), Does.Exist);
    }

    [Test]
    public void A_group_that_is_busy_for_a_moment_is_tried_again()
    {
        _computer.MakeFolder("/sys/fs/cgroup/memory/tfl-v5");
        _computer.Kernel.BusyRemovals = 3;

        Cgroups.KillAndRemove("tfl-v5");

        Assert.That(_computer.In("/sys/fs/cgroup/memory/tfl-v5"), Does.Not.Exist);
        Assert.That(_computer.Clock.Waits, Is.EqualTo(3));
    }

    [Test]
    public void What_does_not_die_and_what_stays_busy_is_given_up()
    {
        _computer.Write("/sys/fs/cgroup/memory/tfl-v5/cgroup.procs", "41\n");
        _computer.Kernel.Immortal.Add(41);
        _computer.Kernel.BusyRemovals = int.MaxValue;

        Cgroups.KillAndRemove("tfl-v5");

        Assert.That(_computer.Clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)).Within(TimeSpan.FromSeconds(0.1)));
    }

    [Test]
    public void Under_systemd_the_unit_is_stopped_and_forgotten()
    {
        _computer.MakeFolder("/run/systemd/system");
        _computer.Write("/sys/fs/cgroup/system.slice/tfl-v5.service/cgroup.procs", "41\n");

        Cgroups.KillAndRemove("tfl-v5");

        Assert.That(_computer.Kernel.Killed, Is.EqualTo(new[] { 41 }));
        Assert.That(
            _computer.Tools.Commands,
            Is.EqualTo(new[] { "systemctl stop tfl-v5.service", "systemctl reset-failed tfl-v5.service" }));
        Assert.That(_computer.In("/sys/fs/cgroup/system.slice/tfl-v5.service"), Does.Exist, "systemd removes it");
    }
}
