using TfgridCompose.Patterns.Sdk;

namespace SampleNamespace.Tests;

/// <summary>Tests of the pattern's own decisions. They start no machine and no program.</summary>
public sealed class SampleClassPatternTests
{
    private static readonly PatternOptions Options = new(new Dictionary<string, object>
    {
        ["cpu"] = 2L,
        ["memory"] = 512L,
        ["disk"] = 2500L,
    });

    [Test]
    public void The_options_size_the_machine()
    {
        HostSpec vm = new SampleClassPattern().Topology(new() { AppName = "hello", Options = Options }).Hosts.Single();

        Assert.That((vm.Cpu, vm.MemoryMb, vm.DiskGb), Is.EqualTo((2, 512, 3)));
    }

    [Test]
    public void A_network_other_than_WireGuard_is_refused()
    {
        NetworkRequest network = new() { Provision = [NetworkKind.PublicIpv4] };

        Topology topology = new SampleClassPattern().Topology(new() { AppName = "hello", Options = Options, Network = network });

        Assert.That(topology.Problems.Single().Remedy, Does.Contain("network.provision"));
    }
}
