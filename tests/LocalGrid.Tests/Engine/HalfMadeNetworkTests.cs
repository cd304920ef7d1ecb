using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HalfMadeNetworkTests : IDisposable
{
    private readonly EngineLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_create_that_fails_at_one_node_leaves_nothing_unless_it_cannot_be_reverted()
    {
        Refuse(GridFaults.Refuse);
        Assert.That(() => _lab.Networks.Apply(EngineLab.Network(1, 4)), Throws.TypeOf<GridException>());
        Assert.That((_lab.World.Networks.Count, _lab.World.Faults.Count), Is.EqualTo((0, 0)));

        Refuse(GridFaults.Refuse, GridFaults.NoRevert);
        HalfMadeNetworkException half = Assert.Throws<HalfMadeNetworkException>(() => _lab.Networks.Apply(EngineLab.Network(1, 4)))!;

        NetworkRecord left = _lab.World.Networks.Single();
        Assert.That((left.Members.Single().Node, left.Maker, _lab.World.Faults.Count), Is.EqualTo((1, (ProcessIdentity?)null, 0)));
        Assert.That(half.Response.Network!.Contracts.Keys, Is.EqualTo(new[] { "1" }));
        Assert.That(
            half.Response.ErrorDetail,
            Does.StartWith("failed to revert deployments:").And.EndWith("clear` removes it)").And.Contain("node 4 did not answer"));

        void Refuse(params string[] kinds) => _lab.Computer.Store.Change(
            world => world.Faults.AddRange(kinds.Select((kind, i) => new FaultRecord(i + 1, kind, 4, 1))));
    }
}
