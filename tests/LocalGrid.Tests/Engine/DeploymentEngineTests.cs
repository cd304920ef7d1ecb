using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentEngineTests : IDisposable
{
    private readonly EngineLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_deployment_says_its_contract_and_its_machines_addresses()
    {
        _lab.Networks.Apply(EngineLab.Network(1) with { MyceliumKeys = new() { ["1"] = new string('a', 64) } });

        DeploymentResult result = _lab.Deployments.Apply(EngineLab.Deployment(
            Worlds.Vm("one") with { PublicIp = true, PublicIp6 = true, MyceliumSeed = "010203040506" },
            Worlds.Vm("two")));

        VmRecord one = _lab.World.Deployments.Single().Vms[0];
        Assert.That((result.Contract, result.IpRange, result.ProviderDies), Is.EqualTo((1002L, "10.1.3.0/24", false)));
        Assert.That(result.Vms, Is.EqualTo(new[]
        {
            new VmResult("one", "10.1.3.2", "203.0.113.10/24", $"2001:db8:1::{one.Index:x}/64", one.MyceliumIp!, "10.1.3.1:20002"),
            new VmResult("two", "10.1.3.3", "", "", "", "10.1.3.1:20003"),
        }));
        Assert.That(one.MyceliumIp, Does.EndWith(":ff0f:102:304:506"));
    }

    [Test]
    public void A_deployment_builds_its_image_mounts_its_disks_and_boots_its_machines()
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        VmSpec vm = Worlds.Vm("one") with { Mounts = [new MountSpec("data", "/data")] };

        _lab.Deployments.Apply(EngineLab.Deployment(vm) with { Disks = [new DiskSpec("data", 2)] });

        DeploymentRecord deployment = _lab.World.Deployments.Single();
        Assert.That(Directory.GetDirectories(_lab.Computer.Paths.Images), Has.Length.EqualTo(1));
        Assert.That(deployment.Disks, Is.EqualTo(new[] { new DiskRecord("data", 2) { Kind = "ext4" } }));
        Assert.That(_lab.Exists("/grid/disks/c1002/data.ext4"));
        Assert.That(deployment.Vms[0].Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(deployment.Maker, Is.Null, "it is finished");
        Assert.That(deployment.CreatedAt, Is.EqualTo(LeapingClock.Start.ToUnixTimeSeconds()));
        Assert.That(_lab.Tools.Commands.Last(), Does.Contain($"--bind={_lab.Computer.In("/grid/disks/c1002/data")}:/data --boot"));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    public void Rules_of_this_computer_that_were_flushed_are_loaded_again(int exitCode, int loads)
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        _lab.Tools.Clear();
        _lab.Tools.Answer("nft list chain inet tfl input", exitCode);

        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm()));

        Assert.That(_lab.Tools.Commands.Count(command => command == "nft -f -"), Is.EqualTo(loads));
    }

    [Test]
    public void An_address_that_the_computer_uses_itself_is_given_to_no_machine()
    {
        _lab.Computer.Write("/proc/net/fib_trie", "Main:\n     |-- 203.0.113.10\n");
        _lab.Networks.Apply(EngineLab.Network(1));

        DeploymentResult result = _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm() with { PublicIp = true }));

        Assert.That(result.Vms[0].PublicIp, Is.EqualTo("203.0.113.11/24"));
    }

    [Test]
    public void A_machine_that_stays_is_left_alone_a_new_one_starts_and_one_too_many_is_removed()
    {
        DeploymentResult before = _lab.Deploy("keep", "drop");

        DeploymentResult after = _lab.Deployments.Apply(
            EngineLab.Deployment(Worlds.Vm("keep"), Worlds.Vm("new")) with { Contract = before.Contract });

        Assert.That(after.Vms[0], Is.EqualTo(before.Vms[0]));
        Assert.That(Booted(), Is.EqualTo(new[] { "new" }));
        Assert.That(_lab.World.Deployments.Single().Vms.Select(vm => vm.Name), Is.EqualTo(new[] { "keep", "new" }));
        Assert.That(_lab.Exists("/grid/machines/tfl-v4"), Is.False, "drop had the second number");
        Assert.That(_lab.Exists("/grid/machines/tfl-v3"));
    }

    [Test]
    public void A_refused_change_touches_nothing()
    {
        long contract = _lab.Deploy("one").Contract;

        Assert.That(
            () => _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one", 2048), Worlds.Vm("new")) with { Contract = contract }),
            Throws.TypeOf<GridException>().With.Message.Contains("workload 'zmachine' does not support upgrade"));

        Assert.That(_lab.World.Deployments.Single().Vms.Select(vm => (vm.Name, vm.MemoryMb)), Is.EqualTo(new[] { ("one", 1024L) }));
        Assert.That(Booted(), Is.Empty);
        Assert.That(_lab.Exists("/grid/machines/tfl-v3"));
    }

    [Test]
    public void A_disk_that_is_no_longer_wanted_is_removed_and_one_that_grew_is_made_bigger()
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        DeploymentSpec spec = EngineLab.Deployment() with { Disks = [new DiskSpec("old", 1), new DiskSpec("grow", 1)] };
        long contract = _lab.Deployments.Apply(spec).Contract;
        _lab.Tools.Clear();

        _lab.Deployments.Apply(spec with { Contract = contract, Disks = [new DiskSpec("grow", 2)] });

        Assert.That(_lab.Exists($"/grid/disks/c{contract}/old.ext4"), Is.False);
        Assert.That(_lab.Tools.Commands, Has.Some.StartsWith("resize2fs"));
    }

    [Test]
    public void A_new_deployment_that_fails_leaves_nothing()
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        _lab.Tools.MachinesCrash = true;

        Assert.That(
            () => _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm()) with { Disks = [new DiskSpec("data", 1)] }),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("The machine did not start"));

        Assert.That(_lab.World.Deployments, Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(_lab.Computer.In("/grid/machines")), Is.Empty);
        Assert.That(_lab.Exists("/grid/disks/c1002"), Is.False);
        Assert.That(_lab.Exists("/run/netns/tfl-v2"), Is.False);
    }

    [Test]
    public void A_change_whose_new_machine_fails_is_taken_back()
    {
        long contract = _lab.Deploy("one").Contract;
        _lab.Tools.MachinesCrash = true;

        Assert.That(
            () => _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one"), Worlds.Vm("new")) with { Contract = contract }),
            Throws.TypeOf<GridException>());

        DeploymentRecord deployment = _lab.World.Deployments.Single();
        Assert.That(deployment.Vms.Select(vm => (vm.Name, vm.Process)), Is.EqualTo(new[] { ("one", ProcessIdentity.Current) }));
        Assert.That(deployment.Maker, Is.Null);
        Assert.That(_lab.Exists("/grid/machines/tfl-v4"), Is.False, "what did not start is taken away");
    }

    [Test]
    public void An_injected_half_way_fails_after_the_machines_started()
    {
        _lab.Deploy("one");
        Inject(GridFaults.HalfWay);

        Assert.That(
            () => _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("two")) with { Name = "other" }),
            Throws.TypeOf<GridException>().With.Message.Contains("machines of node 1 had started (injected fault `half-way`)"));

        Assert.That(Booted(), Is.EqualTo(new[] { "two" }));
        Assert.That(_lab.World.Deployments.Select(deployment => deployment.Name), Is.EqualTo(new[] { "vm" }), "others stay");
    }

    /// <summary>The original's state does not name it; only the error has its number.</summary>
    [Test]
    public void A_create_that_cannot_be_reverted_leaves_its_machines_and_its_number_in_the_error()
    {
        _lab.Deploy("one");
        Inject(GridFaults.HalfWay, GridFaults.NoRevert);

        Assert.That(
            () => _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("two")) with { Name = "other" }),
            Throws.TypeOf<GridException>().With.Message.Contains("within deployment 1004 failed with error: machines of node 1"));

        DeploymentRecord left = _lab.World.Deployments.Single(deployment => deployment.Name == "other");
        Assert.That((left.Contract, left.Maker, left.Vms.Count, _lab.World.Faults.Count), Is.EqualTo((1004, (ProcessIdentity?)null, 1, 0)));
    }

    [Test]
    public void Injected_faults_reach_the_machine_and_the_provider()
    {
        _lab.Deploy();
        Inject(GridFaults.SlowNetwork, GridFaults.NoBoot, GridFaults.ProviderDies);

        DeploymentResult result = _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm()) with { Name = "other" });

        Assert.That(result.ProviderDies);
        Assert.That(_lab.Tools.Commands, Has.Some.Contains(" tc qdisc add "));
        Assert.That(_lab.Tools.Commands.Last(), Does.EndWith("/bin/sleep infinity"));
        Assert.That(_lab.World.Faults, Is.Empty, "each was meant for one time");
    }

    [Test]
    public void A_deleted_deployment_leaves_its_network()
    {
        long contract = _lab.Deploy("one").Contract;

        _lab.Deployments.Delete(contract);
        _lab.Deployments.Delete(contract);

        Assert.That(_lab.World.Deployments, Is.Empty);
        Assert.That(_lab.Exists("/run/netns/tfl-v3"), Is.False);
        Assert.That(_lab.Exists("/grid/machines/tfl-v3"), Is.False);
        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"));
        Assert.That(_lab.Tools.IpLines, Has.Member("tfl-n1: link del tfl-v3"), "the node is known by its network");
    }

    [Test]
    public void The_last_deployment_removes_the_fabric()
    {
        long contract = _lab.Deploy("one").Contract;
        _lab.Computer.Store.Change(world => world.Networks.Clear());

        _lab.Deployments.Delete(contract);

        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"), Is.False);
    }

    [Test]
    public void A_dead_deployment_is_removed_when_it_is_created_again()
    {
        long first = _lab.Deploy("one").Contract;
        _lab.LetMachinesDie();

        long second = _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one"))).Contract;

        Assert.That(_lab.World.Deployments.Select(deployment => deployment.Contract), Is.EqualTo(new[] { second }));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public void A_deployment_that_lives_or_differs_or_is_being_created_is_not_replaced()
    {
        _lab.Deploy("one");
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one")));
        Assert.That(_lab.World.Deployments, Has.Count.EqualTo(2), "it lives");

        _lab.LetMachinesDie();
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("two")));
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one")) with { Name = "other" });
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one")) with { SolutionType = "tfc/y" });
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one")) with { Node = 4 });
        Assert.That(_lab.World.Deployments, Has.Count.EqualTo(6), "others differ in a machine, the name, the project or the node");

        _lab.LetMachinesDie();
        _lab.Computer.Store.Change(world => world.Deployments.ForEach(deployment => deployment.Maker = ProcessIdentity.Current));
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("one")));
        Assert.That(_lab.World.Deployments, Has.Count.EqualTo(7), "its maker is at work");
    }

    // Names of the machines that were started.
    private IEnumerable<string> Booted() => _lab.Tools.Commands
        .Where(command => command.StartsWith("setsid", StringComparison.Ordinal))
        .Select(command => command.Split("--hostname=")[1].Split(' ')[0]);

    private void Inject(params string[] kinds) => _lab.Computer.Store.Change(world =>
        world.Faults.AddRange(kinds.Select((kind, index) => new FaultRecord(index, kind, 0, 1))));
}
