using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>
/// Real network namespaces, no machine: a node finds its machines at once. Exclusive, because the bridge that it makes is
/// the grid's own: nothing else may deploy or remove machines meanwhile.
/// </summary>
[Category("Machines")]
[Category("Exclusive")]
public sealed class NeighbourTests
{
    private static readonly NetworkMember Node = new()
    {
        Node = 1,
        Contract = 1,
        Index = 65101,
        Subnet = "10.111.2.0/24",
        MyceliumPrefix = "5a1:65:1:1",
        Boot = ProcessIdentity.CurrentBoot,
    };

    private static readonly NetworkRecord Whole = new() { Id = "neighbours", Name = "n", IpRange = "10.111.0.0/16", Members = [Node] };

    private static readonly VmRecord First =
        new() { Name = "first", Index = 65102, Ip = "10.111.2.2", MyceliumIp = "5a1:65:1:1:ff0f:0:0:1", Profile = MachineProfile.Usual };

    private static readonly VmRecord Second = new() { Name = "second", Index = 65103, Ip = "10.111.2.3", Profile = MachineProfile.Usual };

    // It belongs to no farm, so no machine of a grid in use has it.
    private const string PublicIp = "203.0.113.250";

    private static readonly IToolRunner Tools = Computer.This.Tools;

    private static readonly VmNetwork Network = new(Computer.This);

    private static readonly IpCommands Ip = new(Computer.This);

    private bool _ownsFabric;

    [SetUp]
    public void MakeNode()
    {
        _ownsFabric = !Directory.Exists("/sys/class/net/tfl-fab");
        if (_ownsFabric)
        {
            Ip.Run(
                null,
                "link add tfl-fab type bridge",
                "link set tfl-fab up",
                "addr add 198.18.0.1/16 dev tfl-fab",
                "addr add fd54:4647:1::1/64 dev tfl-fab nodad");
        }

        new NodeNetwork(Computer.This).Ensure(Whole, new Reachable([], []));
    }

    [TearDown]
    public void RemoveAll()
    {
        Network.Remove(First with { PublicIp = PublicIp }, Node);
        Network.Remove(Second with { PublicIp = PublicIp }, Node);
        new NodeNetwork(Computer.This).Remove(Node);
        if (_ownsFabric)
        {
            Ip.RunAll(null, "link del tfl-fab");
        }
    }

    /// <summary>The node asked for it while it was off: without help it drops the next packets, for up to three seconds.</summary>
    [TestCase("10.111.2.2")]
    [TestCase("5a1:65:1:1:ff0f:0:0:1")]
    public void A_machine_answers_at_once_when_its_power_is_back(string address)
    {
        Network.Create(First, Node);
        Network.Create(Second, Node);
        Network.Unplug(First, Node);
        Assert.That(NodeReaches(address), Is.False, "it is off");

        Network.Plug(First, Node);

        Assert.That(NodeReaches(address));
    }

    /// <summary>The node knows the address as another machine's. Without help it would send there for up to a minute.</summary>
    [Test]
    public void A_public_address_reaches_its_new_machine_at_once()
    {
        Network.Create(First with { PublicIp = PublicIp }, Node);
        Assert.That(NodeReaches(PublicIp));

        Network.Remove(First with { PublicIp = PublicIp }, Node);
        Network.Create(Second with { PublicIp = PublicIp }, Node);

        Assert.That(NodeReaches(PublicIp));
    }

    /// <summary>
    /// A bridge without an address of its own takes the lowest one of its ports. When that port is removed, the others use
    /// the old address for up to a minute.
    /// </summary>
    [Test]
    public void A_machine_keeps_its_gateway_when_another_one_goes()
    {
        Network.Create(First, Node);
        Network.Create(Second, Node);
        Ip.Run(Node.Namespace, $"link set {Second.Machine} address 02:00:00:00:00:01");
        Assert.That(Reaches(First.Machine, Node.Gateway));

        Network.Remove(Second, Node);

        Assert.That(Reaches(First.Machine, Node.Gateway));
    }

    private static bool NodeReaches(string address) => Reaches(Node.Namespace, address);

    // Three packets within half a second: a busy computer may lose one.
    private static bool Reaches(string networkNamespace, string address) => Tools.Try(
        ["ip", "netns", "exec", networkNamespace, "ping", "-n", "-c", "3", "-i", "0.2", "-W", "1", address]).ExitCode == 0;
}
