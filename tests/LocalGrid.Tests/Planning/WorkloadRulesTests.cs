using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Planning;

/// <summary>The words are those of tfgrid-sdk-go/grid-client/workloads and zosbase/pkg/gridtypes.</summary>
public sealed class WorkloadRulesTests
{
    private const string TooLong = "name cannot exceed 36 characters";
    private static readonly string Longest = new('a', 36);
    private static readonly string Longer = new('a', 37);

    private static readonly DeploymentSpec Good = new()
    {
        Name = "vm",
        Node = 1,
        NetworkName = "net",
        Disks = [new DiskSpec("data", 1)],
        Vms = [Worlds.Vm()],
    };

    private static readonly NetworkSpec Network = new() { Name = "net", IpRange = "10.1.0.0/16", Nodes = [1, 2] };

    [Test]
    public void A_name_has_36_characters_at_most()
    {
        MustPass(Good with { Name = Longest, NetworkName = Longest, Vms = [Worlds.Vm(Longest)] });
        MustRefuse(Good with { Name = Longer }, $"deployment name is invalid: {TooLong}");
        MustRefuse(Good with { NetworkName = Longer }, $"you passed vm/vms in the deployment but network name is invalid: {TooLong}");
        MustRefuse(Good with { Vms = [Worlds.Vm(Longer)] }, $"vm '{Longer}' is invalid: virtual machine name is invalid: {TooLong}");
        MustRefuse(Good with { Disks = [new DiskSpec(Longer, 1)] }, $"disk '{Longer}' is invalid: disk name is invalid: {TooLong}");
    }

    [Test]
    public void A_public_address_is_a_workload_named_after_its_machine()
    {
        string longest = new('a', 34);
        MustPass(Good with { Vms = [Worlds.Vm(longest) with { PublicIp = true }] });
        MustRefuse(
            Good with { Vms = [Worlds.Vm(longest + "a") with { PublicIp = true }] }, $"name '{longest}aip' is invalid: {TooLong}");
        MustRefuse(
            Good with { Vms = [Worlds.Vm("web") with { PublicIp6 = true }, Worlds.Vm("webip")] },
            "multiple workloads with the same name 'webip'");
    }

    [Test]
    public void A_name_is_used_once_for_machines_and_disks_together()
    {
        MustRefuse(Good with { Vms = [Worlds.Vm("data")] }, "multiple workloads with the same name 'data'");
        MustRefuse(Good with { Vms = [Worlds.Vm("a"), Worlds.Vm("a")] }, "multiple workloads with the same name 'a'");
        MustRefuse(Good with { Disks = [new("a", 1), new("a", 2)] }, "multiple workloads with the same name 'a'");
        MustRefuse(Good with { Vms = [Worlds.Vm("ygg")] }, "name 'ygg' is invalid: invalid name 'ygg' is reserved");
    }

    [TestCase(1, 8191, 1024, null)]
    [TestCase(1, 8192, 1024, 2147483648L)]
    [TestCase(4, 2048, 2047, 2147483648L)]
    [TestCase(4, 2048, 2048, null)]
    [TestCase(4, 2047, 500, null)]
    [TestCase(1, 256, 499, 524288000L)]
    [TestCase(32, 262144, 0, null)]
    public void A_root_file_system_has_a_least_size_that_grows_with_the_machine(int cpu, long memory, long rootfs, long? least)
    {
        DeploymentSpec spec = Good with { Vms = [Worlds.Vm() with { Cpu = cpu, MemoryMb = memory, RootfsMb = rootfs }] };
        if (least is null)
        {
            MustPass(spec);
        }
        else
        {
            MustRefuse(spec, $"disk size can't be less that {least}. Set to 0 for minimum");
        }
    }

    [TestCase("https://hub/x.flist", true)]
    [TestCase("hub/x.fl", true)]
    [TestCase("https://hub/x", false)]
    [TestCase("", false)]
    public void A_flist_is_known_by_its_extension_alone(string flist, bool passes)
    {
        DeploymentSpec spec = Good with { Vms = [Worlds.Vm() with { Flist = flist }] };
        if (passes)
        {
            MustPass(spec);
        }
        else
        {
            MustRefuse(
                spec,
                $"vm 'one' is invalid: flist is invalid: flist: '{flist}' is invalid, should have a valid flist extension");
        }
    }

    [Test]
    public void A_change_says_update() => Assert.That(
        Assert.Throws<GridException>(() => WorkloadRules.Check(Good with { Contract = 7, Vms = [Worlds.Vm("data")] }))!.Summary,
        Is.EqualTo("couldn't update deployment with error: invalid deployment: multiple workloads with the same name 'data'"));

    [Test]
    public void A_network_has_a_name_nodes_and_keys_of_its_nodes()
    {
        MustRefuse(Network with { Name = Longer }, $"network name is invalid: {TooLong}");
        MustRefuse(Network with { Nodes = [] }, "number of nodes in znet: net, should be nonzero positive number");
        MustRefuse(
            Network with { MyceliumKeys = new() { ["1"] = "k", ["3"] = "k" } },
            "invalid node 3 for mycelium key, must be included in the network nodes [1 2]");
        Assert.That(() => WorkloadRules.Check(Network with { MyceliumKeys = new() { ["2"] = "k" } }), Throws.Nothing);
    }

    private static void MustPass(DeploymentSpec spec) => Assert.That(() => WorkloadRules.Check(spec), Throws.Nothing);

    private static void MustRefuse(DeploymentSpec spec, string problem) => Assert.That(
        Assert.Throws<GridException>(() => WorkloadRules.Check(spec))!.Summary,
        Is.EqualTo($"couldn't deploy deployment with error: invalid deployment: {problem}"));

    private static void MustRefuse(NetworkSpec spec, string problem) =>
        Assert.That(Assert.Throws<GridException>(() => WorkloadRules.Check(spec))!.Summary, Is.EqualTo(problem));
}
