using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

/// <summary>Two users of one computer, each with the line for sudo: the ids of the other's networks are no secret.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OwnerTests : IDisposable
{
    private const long Anna = 1001;
    private const long Ben = 1002;

    private readonly EngineLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Nobody_gets_the_keys_of_anothers_network_nor_puts_a_machine_into_it()
    {
        NetworkResult network = Networks(Anna).Apply(EngineLab.Network(1));

        MustRefuse(() => Networks(Ben).Apply(EngineLab.Network(1) with { Id = network.Id }));
        MustRefuse(() => Deployments(Ben).Apply(EngineLab.Deployment(Worlds.Vm())));
        Assert.That(Networks(Anna).Apply(EngineLab.Network(1) with { Id = network.Id }).ExternalKey, Is.EqualTo(network.ExternalKey));
        Assert.That(Networks(Caller.Root).Apply(EngineLab.Network(1) with { Id = network.Id }).ExternalKey, Is.Not.Empty);
    }

    [Test]
    public void Nobody_changes_anothers_deployment()
    {
        Networks(Anna).Apply(EngineLab.Network(1));
        long contract = Deployments(Anna).Apply(EngineLab.Deployment(Worlds.Vm())).Contract;
        string before = _lab.World.Deployments.Single().Vms.Single().SpecHash;

        MustRefuse(() => Deployments(Ben).Apply(EngineLab.Deployment(Worlds.Vm(memory: 2048)) with { Contract = contract }));

        Assert.That(_lab.World.Deployments.Single().Vms.Single().SpecHash, Is.EqualTo(before));
        Assert.That(_lab.World.Deployments.Single().Owner, Is.EqualTo(Anna));
        Assert.That(
            Deployments(Anna).Apply(EngineLab.Deployment(Worlds.Vm()) with { Contract = contract, SolutionType = "x" }).Contract,
            Is.EqualTo(contract));
        Assert.That(_lab.World.Deployments.Single().Owner, Is.EqualTo(Anna), "after a change, too");
    }

    /// <summary>A machine that is off is dead for an apply, which removes what it replaces.</summary>
    [Test]
    public void Nobody_removes_anothers_dead_deployment_by_one_of_the_same_name()
    {
        Networks(Anna).Apply(EngineLab.Network(1));
        Deployments(Anna).Apply(EngineLab.Deployment(Worlds.Vm()));
        _lab.LetMachinesDie();

        MustRefuse(() => Deployments(Ben).Apply(EngineLab.Deployment(Worlds.Vm())));

        Assert.That(_lab.World.Deployments, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_an_older_build_created_belongs_to_nobody_and_works_on()
    {
        NetworkResult network = Networks(Anna).Apply(EngineLab.Network(1));
        _lab.Computer.Store.Change(world => world.Networks[0].Owner = null);

        Assert.That(() => Networks(Ben).Apply(EngineLab.Network(1) with { Id = network.Id }), Throws.Nothing);
    }

    private NetworkEngine Networks(long user) => new(_lab.Computer.Store, As(user));

    private DeploymentEngine Deployments(long user) => new(_lab.Computer.Store, As(user));

    private Computer As(long user) => _lab.Computer.Computer with { Caller = new Caller(user) };

    private static void MustRefuse(Action action) => Assert.That(
        () => action(),
        Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("It belongs to somebody else").And.Message.Contains($"{Anna}"));
}
