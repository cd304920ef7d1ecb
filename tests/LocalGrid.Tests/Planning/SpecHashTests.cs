using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Planning;

/// <summary>If the hash changes, the node would have to change the machine, which it refuses.</summary>
public sealed class SpecHashTests
{
    private static readonly VmSpec Vm = Worlds.Vm() with { Mounts = [new MountSpec("data", "/data")], Environment = new() { ["A"] = "1" } };

    private static readonly DeploymentSpec Deployment = new()
    {
        Node = 1,
        Name = "vm",
        NetworkName = "net",
        Disks = [new DiskSpec("data", 1), new DiskSpec("unused", 1)],
        Vms = [Vm],
    };

    private static readonly VmRecord Record = SampleNetworks.Machine;

    private static readonly string Hash = SpecHash.Of(Deployment, Vm, Record);

    /// <summary>A newer build must know the machines of an older one.</summary>
    [Test]
    public void The_hash_never_changes() =>
        Assert.That(Hash, Is.EqualTo("ec58e93e47be846bd77d0b71410f3968e8abdc9196a7d7f201f48e7e7885b952"));

    private static IEnumerable<TestCaseData> Changes =>
    [
        new TestCaseData(Deployment, Vm with { Cpu = 2 }, Record).SetArgDisplayNames("cpu"),
        new TestCaseData(Deployment, Vm with { MemoryMb = 2048 }, Record).SetArgDisplayNames("memory"),
        new TestCaseData(Deployment, Vm with { Description = "mine" }, Record).SetArgDisplayNames("description"),
        new TestCaseData(Deployment, Vm with { Environment = new() { ["A"] = "2" } }, Record).SetArgDisplayNames("environment"),
        new TestCaseData(Deployment with { Disks = [new DiskSpec("data", 2)] }, Vm, Record).SetArgDisplayNames("disk"),
        new TestCaseData(Deployment, Vm with { Mounts = [new MountSpec("data", "/other")] }, Record).SetArgDisplayNames("mount"),
        new TestCaseData(Deployment with { NetworkName = "other" }, Vm, Record).SetArgDisplayNames("network"),
        new TestCaseData(Deployment, Vm, Record with { Ip = "10.1.2.9" }).SetArgDisplayNames("ip"),
        new TestCaseData(Deployment, Vm, Record with { PublicIp = null }).SetArgDisplayNames("public ip"),
        new TestCaseData(Deployment, Vm, Record with { PublicIp6 = null }).SetArgDisplayNames("public ip6"),
        new TestCaseData(Deployment, Vm, Record with { MyceliumIp = null }).SetArgDisplayNames("mycelium"),
        new TestCaseData(Deployment, Vm, Record with { Index = 9 }).SetArgDisplayNames("number"),
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_machine_that_differs_has_another_hash(object deployment, object vm, object record) =>
        Assert.That(SpecHash.Of((DeploymentSpec)deployment, (VmSpec)vm, (VmRecord)record), Is.Not.EqualTo(Hash));

    [Test]
    public void An_address_that_is_spelled_out_later_and_a_disk_that_it_does_not_mount_change_nothing()
    {
        Assert.That(SpecHash.Of(Deployment, Vm with { Ip = Record.Ip }, Record), Is.EqualTo(Hash));
        Assert.That(
            SpecHash.Of(Deployment with { Disks = [new DiskSpec("data", 1), new DiskSpec("unused", 7)] }, Vm, Record),
            Is.EqualTo(Hash));
        Assert.That(SpecHash.Of(Deployment, Vm, Record with { Process = Worlds.Dead }), Is.EqualTo(Hash));
    }
}
