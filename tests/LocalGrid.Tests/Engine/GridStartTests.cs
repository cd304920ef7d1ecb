using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

/// <summary>A reboot of this computer: its nodes bring their networks and machines back, as a node does when it starts.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GridStartTests : IDisposable
{
    private readonly EngineLab _lab = new();

    public GridStartTests()
    {
        _lab.Networks.Apply(EngineLab.Network(1, 4) with { MyceliumKeys = new() { ["1"] = new string('a', 64) } });
        VmSpec vm = Worlds.Vm("one") with { PublicIp = true, Mounts = [new MountSpec("data", "/data")] };
        _lab.Deployments.Apply(EngineLab.Deployment(vm, Worlds.Vm("two")) with { Disks = [new DiskSpec("data", 2)] });
    }

    private NetworkRecord Network => _lab.World.Networks.Single();

    private IReadOnlyList<VmRecord> Vms => _lab.World.Deployments.Single().Vms;

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Networks_and_machines_come_back_with_their_addresses_keys_files_and_disks()
    {
        NetworkSecrets secrets = _lab.Computer.Store.ReadSecrets(Network.Id)!;
        string image = Directory.GetDirectories(_lab.Computer.Paths.Images).Single();
        string[] before = [.. Vms.Select(vm => $"{vm with { Process = null, Mounts = null }}")];
        _lab.Computer.Write("/grid/machines/tfl-v3/upper/root/note", "kept");
        _lab.Reboot();

        StartReport report = _lab.Start.Run();

        Assert.That(report.Networks, Is.EqualTo(new[] { "net" }));
        Assert.That(report.Machines, Is.EqualTo(new[] { "tfl-v3 (one)", "tfl-v4 (two)" }));
        Assert.That(report.Failed, Is.Empty);
        Assert.That(Network.Members.Select(member => member.Boot), Has.All.EqualTo(ProcessIdentity.CurrentBoot));
        Assert.That(Vms.Select(vm => vm.Process), Has.All.EqualTo(ProcessIdentity.Current));
        Assert.That(Vms.Select(vm => $"{vm with { Process = null, Mounts = null }}"), Is.EqualTo(before));
        Assert.That(_lab.Computer.Store.ReadSecrets(Network.Id), Is.EqualTo(secrets));
        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"));
        Assert.That(_lab.Tools.Commands, Has.Some.EndsWith(" link add tfl-w2 type wireguard"));
        Assert.That(_lab.Tools.IpLines, Has.Some.StartsWith("route replace 203.0.113.10/32 via"));
        Assert.That(_lab.Tools.IpLines, Has.Member("tfl-v3: addr add 10.1.3.2/24 dev eth0"));
        Assert.That(_lab.Tools.Commands, Has.None.StartsWith("mkfs"), "a new disk would be empty");
        string mounts = _lab.Computer.Read("/proc/self/mounts");
        string disk = _lab.Computer.In("/grid/disks/c1003/data");
        Assert.That(mounts, Does.Contain($"{disk}.ext4 {disk} "));
        Assert.That(mounts, Does.Contain($"lowerdir={image},upperdir={_lab.Computer.In("/grid/machines/tfl-v3/upper")}"));
        Assert.That(_lab.Computer.Read("/grid/machines/tfl-v3/upper/root/note"), Is.EqualTo("kept"));
        Assert.That(
            _lab.Tools.Commands.Last(command => command.Contains("--hostname=one", StringComparison.Ordinal)),
            Does.Contain($"--bind={disk}:/data --boot"));
    }

    [Test]
    public void A_second_start_has_nothing_to_do()
    {
        _lab.Reboot();
        _lab.Start.Run();
        _lab.Tools.Clear();

        Assert.That(GridStart.IsNeeded(_lab.World), Is.False);
        Assert.That(_lab.Start.Run(), Is.SameAs(StartReport.Nothing));
        Assert.That(_lab.Tools.Commands, Is.Empty);
    }

    [Test]
    public void A_machine_that_was_killed_is_not_started()
    {
        _lab.LetMachinesDie();

        Assert.That(GridStart.IsNeeded(_lab.World), Is.False);
    }

    [Test]
    public void A_machine_that_was_switched_off_stays_off_and_can_be_switched_on()
    {
        _lab.Power.Stop("tfl-v3");
        _lab.Reboot();

        Assert.That(_lab.Start.Run().Machines, Is.EqualTo(new[] { "tfl-v4 (two)" }));
        Assert.That(Vms[0].Process, Is.Null);

        Assert.That(_lab.Power.Start("tfl-v3"));
        Assert.That(Vms[0].Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(_lab.Exists("/run/netns/tfl-v3"));
        Assert.That(_lab.Computer.Read("/proc/self/mounts"), Does.Contain("/grid/disks/c1003/data "));
    }

    [Test]
    public void What_cannot_start_holds_nobody_else_up_and_is_tried_again()
    {
        string upper = _lab.Computer.In("/grid/machines/tfl-v3/upper");
        Directory.Move(upper, upper + "-away");
        _lab.Reboot();

        StartReport report = _lab.Start.Run();

        Assert.That(report.Machines, Is.EqualTo(new[] { "tfl-v4 (two)" }));
        Assert.That(
            report.Failed,
            Is.EqualTo(new[] { "tfl-v3 (one): the files of tfl-v3 are gone; run terraform apply to create it again" }));
        Directory.Move(upper + "-away", upper);
        Assert.That(_lab.Start.Run().Machines, Is.EqualTo(new[] { "tfl-v3 (one)" }));
    }

    /// <summary>An image below a machine's files cannot be changed for another.</summary>
    [Test]
    public void A_machine_boots_from_the_image_that_it_was_made_from_although_there_is_a_newer_one()
    {
        string image = Directory.GetDirectories(_lab.Computer.Paths.Images).Single();
        _lab.Computer.Write("/etc/apt/sources.list.d/debian.sources", "Types: deb\nURIs: http://other.example/debian\n");
        _lab.Reboot();

        _lab.Start.Run();

        Assert.That(_lab.Computer.Read("/proc/self/mounts"), Does.Contain($"lowerdir={image},"));
    }

    [Test]
    public void What_another_process_is_making_is_left_to_it()
    {
        _lab.Reboot();
        _lab.Computer.Store.Change(world =>
        {
            world.Networks[0].Maker = ProcessIdentity.Current;
            world.Deployments[0].Maker = ProcessIdentity.Current;
        });

        Assert.That(GridStart.IsNeeded(_lab.World), Is.False);
    }

    [Test]
    public void Names_of_namespaces_that_outlived_the_reboot_are_removed_first()
    {
        _lab.Reboot();
        _lab.Computer.Write("/run/netns/tfl-n1", "");
        _lab.Computer.Write("/run/netns/tfl-v3", "");

        _lab.Start.Run();

        List<string> lines = [.. _lab.Tools.IpLines];
        Assert.That(lines.IndexOf("netns del tfl-n1"), Is.InRange(0, lines.IndexOf("netns add tfl-n1")));
        Assert.That(lines.IndexOf("netns del tfl-v3"), Is.InRange(0, lines.IndexOf("netns add tfl-v3")));
    }

    [Test]
    public void A_network_that_was_deleted_meanwhile_leaves_nothing()
    {
        _lab.Reboot();
        NetworkRecord network = Network;
        _lab.Computer.Store.Change(world => world.Networks.Clear());

        _lab.Networks.Restore(network);

        Assert.That(_lab.Exists("/run/netns/tfl-n1"), Is.False);
    }

    /// <summary>Without it, no machine could be made again after a reboot.</summary>
    [Test]
    public void The_next_apply_starts_everything_first()
    {
        _lab.Reboot();

        _lab.Engine.Run(new EngineRequest(EngineRequest.ApplyDeployment)
        {
            Deployment = EngineLab.Deployment(Worlds.Vm("three")) with { Name = "other" },
        });

        Assert.That(
            _lab.World.Deployments.SelectMany(deployment => deployment.Vms).Select(vm => (vm.Name, vm.Process)),
            Is.EqualTo(new[] { "one", "two", "three" }.Select(name => (name, ProcessIdentity.Current))));
    }
}
