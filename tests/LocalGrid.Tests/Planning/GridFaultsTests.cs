using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Planning;

public sealed class GridFaultsTests
{
    [Test]
    public void A_node_that_refuses_does_so_as_often_as_asked()
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, GridFaults.Refuse, 2, 2)] };

        Assert.That(() => Worlds.WithNetwork(world, 2), Throws.TypeOf<GridException>().With.Message.StartsWith("node 2 did not answer"));
        Assert.That(world.Faults.Single().Remaining, Is.EqualTo(1));
        Assert.That(() => Worlds.WithNetwork(world, 2), Throws.TypeOf<GridException>());
        Assert.That(world.Faults, Is.Empty);
        Assert.That(() => Worlds.WithNetwork(world, 2), Throws.Nothing);
    }

    [Test]
    public void An_unhealthy_node_answers_nobody_and_GridProxy_says_so()
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, FaultRecord.Unhealthy, 2, 0)] };

        Assert.That(
            () => Worlds.WithNetwork(world, 2),
            Throws.TypeOf<GridException>().With.Message.StartsWith("node 2 did not answer (injected fault `unhealthy`"));
        Assert.That(Worlds.Ask(world, "/nodes?healthy=false").Body[0].GetProperty("nodeId").GetInt32(), Is.EqualTo(2));
        Assert.That(Worlds.Ask(world, "/nodes?healthy=true").Body.GetArrayLength(), Is.EqualTo(7));
        Assert.That(Worlds.Ask(world, "/nodes/2").Body.GetProperty("healthy").GetBoolean(), Is.False);
    }

    [Test]
    public void A_fault_without_a_number_of_times_stays()
    {
        var fault = new FaultRecord(1, GridFaults.NoBoot, 2, 0);
        var world = new GridWorld { Faults = [fault] };

        Assert.That(GridFaults.Takes(world, GridFaults.NoBoot, 2), Is.EqualTo(fault));
        Assert.That(world.Faults, Is.EqualTo(new[] { fault }));
    }

    [TestCase(0, true)]
    [TestCase(2, true)]
    [TestCase(3, false)]
    public void A_fault_is_for_one_node_or_for_all(int node, bool expected)
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, GridFaults.NoBoot, node, 1)] };

        Assert.That(GridFaults.Takes(world, GridFaults.NoBoot, 2) is not null, Is.EqualTo(expected));
        Assert.That(GridFaults.Takes(world, GridFaults.HalfWay, node), Is.Null, "another kind");
    }

    /// <summary>A node that refuses a number of requests was asked for its features before them, and answered.</summary>
    [TestCase(GridFaults.Refuse, 0, true)]
    [TestCase(FaultRecord.Unhealthy, 0, true)]
    [TestCase(GridFaults.Refuse, 2, false)]
    [TestCase(GridFaults.NoBoot, 0, false)]
    public void A_dead_node_answers_no_read_and_no_delete(string kind, int times, bool isDead)
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, kind, 2, times)] };

        Assert.That(() => GridFaults.RequireAnswers(world, [1, 3], "couldn't load"), Throws.Nothing);
        Assert.That(
            () => GridFaults.RequireAnswers(world, [1, 2], "couldn't load"),
            isDead
                ? Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("couldn't load: failed to get node features '2'")
                : Throws.Nothing);
        Assert.That(world.Faults, Has.Count.EqualTo(1));
    }
}
