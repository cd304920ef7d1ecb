using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MachinePowerTests : IDisposable
{
    private const string Machine = "tfl-v3";

    private readonly EngineLab _lab = new();

    private VmRecord Vm => _lab.World.Deployments.Single().Vms.Single();

    public MachinePowerTests() => _lab.Deploy("one");

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_machine_is_stopped_and_started_and_each_says_whether_it_changed_anything()
    {
        VmRecord before = Vm;
        Assert.That(_lab.Power.Start(Machine), Is.False, "it runs");

        Assert.That(_lab.Power.Stop(Machine));
        Assert.That(Vm.Process, Is.Null);
        Assert.That(_lab.Power.Stop(Machine), Is.False);

        Assert.That(_lab.Power.Start(Machine));
        Assert.That(Vm with { Mounts = null }, Is.EqualTo(before with { Mounts = null }));
        Assert.That(_lab.Tools.IpLines.Where(line => line.Contains("link set tfl-v3", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "tfl-n1: link set tfl-v3 down",
            "tfl-n1: link set tfl-v3 down",
            "tfl-n1: link set tfl-v3 up",
        }));
    }

    [Test]
    public void An_unknown_machine_is_refused_with_those_that_are_there() => Assert.That(
        () => _lab.Power.Stop("tfl-v99"),
        Throws.TypeOf<GridException>().With.Message.EqualTo("there is no machine tfl-v99; the machines are tfl-v3 (one)"));

    [Test]
    public void Where_nothing_is_deployed_that_is_said()
    {
        _lab.Deployments.Delete(_lab.World.Deployments[0].Contract);

        Assert.That(
            () => _lab.Power.Stop(Machine),
            Throws.TypeOf<GridException>().With.Message.EqualTo("there is no machine tfl-v3; none is deployed"));
    }

    [Test]
    public void A_machine_of_an_older_build_is_not_started()
    {
        Change(vm => vm with { Mounts = null });
        _lab.Power.Stop(Machine);

        Assert.That(
            () => _lab.Power.Start(Machine),
            Throws.TypeOf<GridException>().With.Message.StartsWith("tfl-v3 was created by an older build"));
    }

    [Test]
    public void A_machine_that_lost_its_network_is_gone()
    {
        _lab.Computer.Remove("/run/netns/tfl-n1");

        Assert.That(
            () => _lab.Power.Start(Machine),
            Throws.TypeOf<GridException>().With.Message.EqualTo("tfl-v3 has lost its network; run terraform apply to create it again"));
    }

    [Test]
    public void A_machine_that_lost_its_files_is_gone()
    {
        _lab.Power.Stop(Machine);
        Directory.Delete(_lab.Computer.In($"/grid/machines/{Machine}/upper"), recursive: true);

        Assert.That(
            () => _lab.Power.Start(Machine),
            Throws.TypeOf<GridException>().With.Message.EqualTo("the files of tfl-v3 are gone; run terraform apply to create it again"));
    }

    [Test]
    public void A_start_that_failed_leaves_the_machine_off_and_unplugged()
    {
        _lab.Power.Stop(Machine);
        _lab.Tools.MachinesCrash = true;

        Assert.That(() => _lab.Power.Start(Machine), Throws.TypeOf<GridException>());

        Assert.That(Vm.Process, Is.Null);
        Assert.That(_lab.Tools.IpLines.Last(), Is.EqualTo("tfl-n1: link set tfl-v3 down"));
        Assert.That(_lab.Exists("/sys/fs/cgroup/memory/tfl-v3"), Is.False);
    }

    [Test]
    public void A_machine_whose_contract_ended_while_it_booted_is_removed()
    {
        _lab.Power.Stop(Machine);
        _lab.Tools.Answer("setsid", () =>
        {
            _lab.Computer.Store.Change(world => world.Deployments.Clear());
            _lab.Computer.Write($"/grid/machines/{Machine}/pid", $"{Environment.ProcessId}");
            _lab.Computer.MakeFolder($"/sys/fs/cgroup/memory/{Machine}/init.scope");
        });

        Assert.That(_lab.Power.Start(Machine));

        Assert.That(_lab.Exists($"/grid/machines/{Machine}"), Is.False);
        Assert.That(_lab.Exists($"/run/netns/{Machine}"), Is.False);
    }

    /// <summary>The other switch may have ended in the meantime, and its change must be seen.</summary>
    [Test]
    public void Two_switches_of_one_machine_wait_for_each_other()
    {
        string path = new VmPaths(_lab.Computer.Paths.MachineOf(Machine)).PowerLock;
        using var held = FileLock.Take(path, TimeSpan.Zero, _lab.Computer.Clock);

        Assert.That(
            () => _lab.Power.Stop(Machine),
            Throws.TypeOf<GridException>().With.Message.EqualTo($"another process held {path} for 30 s"));
        Assert.That(Vm.Process, Is.Not.Null);
    }

    private void Change(Func<VmRecord, VmRecord> change) => _lab.Computer.Store.Change(world =>
        world.Deployments[0].Vms = [.. world.Deployments[0].Vms.Select(change)]);
}
