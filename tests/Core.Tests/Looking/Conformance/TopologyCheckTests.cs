using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class TopologyCheckTests
{
    private static readonly PatternDeclaration Declaration = new() { Roles = [new() { Name = "box", Description = "The machine." }] };

    [TestCase(0, 256, 1, "0 CPUs", "ask for 1 to 32")]
    [TestCase(33, 256, 1, "33 CPUs", "ask for 1 to 32")]
    [TestCase(1, 255, 1, "255 MB of memory", "ask for 256 to 262144 MB")]
    [TestCase(1, 262145, 1, "262145 MB of memory", "ask for 256 to 262144 MB")]
    [TestCase(1, 256, 0, "0 GB of disk", "ask for 1 GB or more")]
    [TestCase(4, 2048, 1, "1 GB of disk with 4 CPUs and 2048 MB of memory", "ask for 2 GB or more")]
    public void A_size_that_no_machine_can_have_is_told_the_range(int cpu, int memory, int disk, string size, string remedy) =>
        Assert.That(Findings(cpu, memory, disk), Is.EqualTo(new[] { new Finding($"the machine 'box' has {size}", remedy) }));

    [TestCase(1, 256, 1)]
    [TestCase(1, 8191, 1)]
    [TestCase(32, 262144, 2)]
    public void The_least_and_the_most_are_allowed(int cpu, int memory, int disk) =>
        Assert.That(Findings(cpu, memory, disk), Is.Empty);

    private static IReadOnlyList<Finding> Findings(int cpu, int memory, int disk)
    {
        var topology = new Topology
        {
            Hosts = [new() { Name = "box", Role = "box", Cpu = cpu, MemoryMb = memory, DiskGb = disk }],
        };
        return TopologyCheck.Of(topology, topology, Declaration);
    }
}
