using Moq;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class NullSearchTests
{
    private readonly Mock<IPattern> _plugin = new();

    private IPattern Pattern => NullSearch.Around(_plugin.Object);

    [Test]
    public void A_null_in_an_answer_is_named_with_its_place()
    {
        var box = new HostSpec { Name = "box", Role = "box", Cpu = 1, MemoryMb = 512, DiskGb = 5 };
        _plugin.Setup(pattern => pattern.Topology(It.IsAny<TopologyRequest>()))
            .Returns(new Topology { Hosts = [box, box with { Role = null! }] });
        _plugin.Setup(pattern => pattern.AppTargets(It.IsAny<DeploymentFacts>())).Returns(["box", null!]);
        _plugin.Setup(pattern => pattern.Declaration).Returns(new PatternDeclaration { Requires = null! });

        Assert.That(() => Pattern.Topology(null!), Refused("Topology.Hosts[1].Role"));
        Assert.That(() => Pattern.AppTargets(null!), Refused("AppTargets[1]"));
        Assert.That(() => Pattern.Declaration, Refused("Declaration.Requires"));
    }

    [Test]
    public void A_null_that_the_contract_allows_is_passed_on()
    {
        var variables = new Dictionary<string, object?> { ["size"] = null };
        var topology = new Topology { Problems = [new PatternProblem("nothing is right", "write another", Option: null)] };
        _plugin.Setup(pattern => pattern.Variables(It.IsAny<VariablesRequest>())).Returns(variables);
        _plugin.Setup(pattern => pattern.Topology(It.IsAny<TopologyRequest>())).Returns(topology);

        Assert.That(Pattern.Variables(null!), Is.SameAs(variables));
        Assert.That(Pattern.Topology(null!), Is.SameAs(topology));
    }

    [Test]
    public void What_the_pattern_throws_is_thrown_as_it_is()
    {
        _plugin.Setup(pattern => pattern.Files).Throws(new InvalidOperationException("no files"));

        Assert.That(() => Pattern.Files, Throws.InvalidOperationException.With.Message.EqualTo("no files"));
    }

    [Test]
    public void A_null_in_our_own_code_is_not_blamed_on_the_pattern()
    {
        var log = new CheckLog(TimeProvider.System, [], _ => { });

        Assert.That(
            () => log.RunAsync(ConformanceChecks.Topology, null, () => throw new ArgumentNullException("ours")),
            Throws.ArgumentNullException);
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(string place) =>
        Throws.InstanceOf<NullAnswerException>().With.Message.EndsWith($"forbids it: {place}");
}
