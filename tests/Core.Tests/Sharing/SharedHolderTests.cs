using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedHolderTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void Two_machines_of_one_name_are_not_one()
    {
        SharedHolder me = Of(int.MaxValue);
        SharedHolder twin = me with { Machine = "another", HomeId = "another" };

        Assert.That((me.IsDead(Of(2)), twin.IsDead(me), twin.IsSameHome(me)), Is.EqualTo((true, false, false)));
        Assert.That((me with { HomeId = "another" }).IsSameHome(me), Is.False, "a home of the same path, as in two containers");
    }

    [Test]
    public void A_holder_of_an_older_version_is_told_by_its_names()
    {
        SharedHolder old = Of(int.MaxValue) with { Machine = null, HomeId = null };

        Assert.That((old.IsSameHome(Of(2)), old.IsDead(Of(2))), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_home_keeps_its_id_to_itself()
    {
        Assert.That(Of(1).HomeId, Has.Length.EqualTo(16).And.EqualTo(Of(2).HomeId));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(_home.Home.Path, "home-id")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_tunnel_of_another_machine_of_this_name_is_held_elsewhere()
    {
        TunnelHolder here = new(Environment.MachineName, "ann", "wg7", default);
        DeploymentRecord record = TestHome.Record() with { SharedState = new RecordedBackend("pg", "pg x", "rm") };

        _home.Store.Save(record with { Tunnel = here with { Machine = "kept" } });
        Assert.That(_home.Store.Load(record.Id)!.Tunnel!.Machine, Is.EqualTo("kept"));
        Assert.That(TunnelRule.Elsewhere(record with { Tunnel = here }), Is.Null);
        Assert.That(TunnelRule.Elsewhere(record with { Tunnel = here with { Machine = "another" } }), Is.Not.Null);
    }

    private SharedHolder Of(int process) =>
        SharedHolder.Of(
            new LockHolder("ann", Environment.MachineName, process, "up", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            _home.Home);
}
