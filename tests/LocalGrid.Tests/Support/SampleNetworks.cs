using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>A network on nodes 1 and 4 with everything that a network can have, and a machine in it.</summary>
internal static class SampleNetworks
{
    public static readonly NetworkSecrets Secrets = new("user-private", "user-public", "node-private", "node-public");

    public static NetworkMember First => Member(1, 3, "10.1.2.0/24", "5a1:1:1:1");

    public static NetworkMember Second => Member(4, 300, "10.1.3.0/24", "5a2:2:2:2");

    public static NetworkRecord Full => new()
    {
        Id = "6a1d2c5e-0000-0000-0000-000000000001",
        Name = "net",
        IpRange = "10.1.0.0/16",
        Members = [First, Second],
        Access = new WireGuardAccess { Node = 1, Subnet = "10.1.4.0/24" },
    };

    public static NetworkRecord Plain => new()
    {
        Id = "6a1d2c5e-0000-0000-0000-000000000002",
        Name = "plain",
        IpRange = "10.2.0.0/16",
        Members = [Member(2, 7, "10.2.2.0/24", null)],
    };

    public static VmRecord Machine => new()
    {
        Name = "my_vm",
        Index = 5,
        Cpu = 2,
        MemoryMb = 512,
        Ip = "10.1.2.2",
        PublicIp = "203.0.113.10",
        PublicIp6 = "2001:db8:1::5",
        MyceliumIp = "5a1:1:1:1:ff0f:1:2:3",
        Mounts = [new MountRecord("data", "/data")],
        Profile = MachineProfile.Usual,
    };

    public static VmRecord PlainMachine => new()
    {
        Name = "plain",
        Index = 6,
        MemoryMb = 256,
        Ip = "10.1.2.3",
        Mounts = [],
        Profile = MachineProfile.Usual,
    };

    private static NetworkMember Member(int node, int index, string subnet, string? prefix) => new()
    {
        Node = node,
        Contract = 1000 + node,
        Index = index,
        Subnet = subnet,
        MyceliumPrefix = prefix,
        Boot = ProcessIdentity.CurrentBoot,
    };
}
