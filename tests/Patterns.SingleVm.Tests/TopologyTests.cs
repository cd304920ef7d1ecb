using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class TopologyTests
{
    [Test]
    public void The_defaults_are_one_machine_on_any_node()
    {
        Topology topology = TopologyOf(Sample.Options(), Sample.Network(NetworkKind.Wireguard));

        HostSpec host = topology.Hosts.Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                (host.Name, host.Role, host.Cpu, host.MemoryMb, host.DiskGb, host.PinnedNode),
                Is.EqualTo(("vm", "vm", 2, 2048, 20, (int?)null)));
            Assert.That(host.Networks, Is.EqualTo(new[] { NetworkKind.Wireguard }));
            Assert.That(topology.Problems, Is.Empty);
        });
    }

    [Test]
    public void A_named_node_is_pinned_and_disk_space_is_rounded_up_to_gigabytes()
    {
        HostSpec host = TopologyOf(
            Sample.Options(("node", 8L), ("disk", 5121L)),
            Sample.Network(NetworkKind.PublicIpv4, NetworkKind.Wireguard)).Hosts.Single();

        Assert.Multiple(() =>
        {
            Assert.That(host.PinnedNode, Is.EqualTo(8));
            Assert.That(host.DiskGb, Is.EqualTo(6));
            Assert.That(host.Networks, Is.EqualTo(new[] { NetworkKind.Wireguard, NetworkKind.PublicIpv4 }));
        });
    }

    [TestCase("curl")]
    [TestCase("g++")]
    [TestCase("libc6:i386")]
    [TestCase("nginx=1.22.1-9+deb12u1")]
    public void Valid_package_names_are_accepted(string name) => Assert.That(ProblemsOf(name), Is.Empty);

    [TestCase("-o=Dpkg::Pre-Invoke::=id")]
    [TestCase("curl; id")]
    [TestCase("{{ lookup('pipe', 'id') }}")]
    [TestCase("")]
    [TestCase("curl\n")]
    public void An_invalid_package_name_is_a_problem_of_its_option(string name)
    {
        PatternProblem problem = ProblemsOf(name).Single();
        Assert.That((problem.Message, problem.Option), Is.EqualTo(($"'{name}' is not a package name", "base_packages")));
    }

    private static IReadOnlyList<PatternProblem> ProblemsOf(string package) =>
        TopologyOf(
            Sample.Options(("base_packages", (IReadOnlyList<string>)[package])),
            Sample.Network(NetworkKind.Wireguard)).Problems;

    private static Topology TopologyOf(PatternOptions options, NetworkRequest network) =>
        new SingleVmPattern().Topology(new TopologyRequest { AppName = "hello", Options = options, Network = network });
}
