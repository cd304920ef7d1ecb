using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LivenessTests : IDisposable
{
    private readonly EngineLab _lab = new();

    private Liveness Liveness => new(_lab.Computer.Computer);

    private bool DeploymentLives => Liveness.IsAlive(_lab.World, _lab.World.Deployments[0]);

    private bool NetworkLives => Liveness.IsAlive(_lab.World.Networks[0]);

    public LivenessTests() => _lab.Deploy("one", "two");

    public void Dispose() => _lab.Dispose();

    [Test]
    public void What_was_created_is_alive()
    {
        Assert.That(DeploymentLives);
        Assert.That(NetworkLives);
    }

    [Test]
    public void One_dead_machine_is_a_dead_deployment_in_a_living_network()
    {
        _lab.Computer.Store.Change(world => world.Deployments[0].Vms[1] = world.Deployments[0].Vms[1] with { Process = null });

        Assert.That(DeploymentLives, Is.False);
        Assert.That(NetworkLives);
    }

    [Test]
    public void A_network_lives_with_all_of_its_nodes_and_a_deployment_with_its_own()
    {
        _lab.Computer.Remove("/run/netns/tfl-n2");

        Assert.That(NetworkLives, Is.False);
        Assert.That(DeploymentLives);

        _lab.Computer.Remove("/run/netns/tfl-n1");
        Assert.That(DeploymentLives, Is.False);
    }

    [Test]
    public void A_network_that_is_being_created_lives_as_long_as_the_process_that_creates_it()
    {
        _lab.Computer.Store.Change(world => world.Networks[0].Maker = ProcessIdentity.Current);
        Assert.That(NetworkLives);

        _lab.Computer.Store.Change(world => world.Networks[0].Maker = Worlds.Dead);
        Assert.That(NetworkLives, Is.False);
    }

    [Test]
    public void A_deployment_without_its_network_or_its_node_is_dead()
    {
        _lab.Computer.Store.Change(world => world.Networks[0].Members.RemoveAt(0));
        Assert.That(DeploymentLives, Is.False);

        _lab.Computer.Store.Change(world => world.Networks.Clear());
        Assert.That(DeploymentLives, Is.False);
    }
}
