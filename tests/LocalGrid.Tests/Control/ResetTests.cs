using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Engine;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Control;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ResetTests : IDisposable
{
    private readonly ControlLab _lab = new();

    public ResetTests()
    {
        _lab.Grid.Deploy("one");
        _lab.Grid.Networks.Apply(EngineLab.Network(2, 3) with { Name = "other", SolutionType = "tfc/y" });
        _lab.Grid.Deployments.Apply(
            EngineLab.Deployment(Worlds.Vm("two")) with { Node = 2, NetworkName = "other", SolutionType = "tfc/y" });
        _lab.Computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, "no-boot", 0, 0)));
    }

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_reset_ends_every_contract_and_fault_and_keeps_image_and_caches()
    {
        _lab.Computer.Write("/grid/cache/packages/x.deb", "");
        _lab.Computer.Write("/run/netns/tfl-n99", "");

        ControlLab.Result result = _lab.Run("reset");

        Assert.That(result.Removed, Is.EqualTo(new[]
        {
            "deployment 1003", "deployment 1006", "network net", "network other", "namespace tfl-n99",
        }));
        Assert.That(_lab.World.IsEmpty);
        Assert.That(_lab.World.Faults, Is.Empty);
        Assert.That(Directory.GetFiles(_lab.Computer.In("/run/netns")), Is.Empty);
        Assert.That(_lab.Grid.Exists("/grid/cache/packages/x.deb"));
        Assert.That(Directory.GetDirectories(_lab.Computer.Paths.Images), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_reset_of_all_removes_image_and_caches_too()
    {
        _lab.Computer.Write("/grid/cache/packages/x.deb", "");

        Assert.That(
            _lab.Run("reset --all").Removed.TakeLast(2),
            Is.EqualTo(new[] { _lab.Computer.In("/grid/images"), _lab.Computer.In("/grid/cache") }));
        Assert.That(_lab.Grid.Exists("/grid/images"), Is.False);
        Assert.That(_lab.Grid.Exists("/grid/cache"), Is.False);

        Assert.That(_lab.Run("reset --all"), Is.EqualTo(new ControlLab.Result(0, "{\"removed\":[]}\n", "")));
    }

    [Test]
    public void The_contracts_of_one_project_are_ended()
    {
        Assert.That(_lab.Run("cancel tfc/y").Removed, Is.EqualTo(new[] { "deployment 1006", "network other" }));

        Assert.That(_lab.World.Deployments.Select(each => each.Contract), Is.EqualTo(new[] { 1003L }));
        Assert.That(_lab.World.Networks.Select(each => each.Name), Is.EqualTo(new[] { "net" }));
        Assert.That(_lab.World.Faults, Has.Count.EqualTo(1));
        Assert.That(_lab.Run("cancel tfc/nobody").Removed, Is.Empty);
    }

    [Test]
    public void Contracts_are_ended_by_number_and_a_network_with_the_last_of_its_own()
    {
        Assert.That(_lab.Run("cancel --contracts 1006 1004").Removed, Is.EqualTo(new[] { "deployment 1006" }));
        Assert.That(_lab.Run("cancel --contracts 1004 1005").Removed, Is.EqualTo(new[] { "network other" }));
        Assert.That(_lab.World.Networks.Select(each => each.Name), Is.EqualTo(new[] { "net" }));
    }

    [TestCase("x")]
    [TestCase("-1003")]
    [TestCase("1003.0")]
    public void What_is_no_number_ends_nothing(string id)
    {
        Assert.That(
            _lab.Run($"cancel --contracts 1003 {id}"),
            Is.EqualTo(new ControlLab.Result(4, "", $"Bad contract: '{id}' is not the number of a contract\n")));
        Assert.That(_lab.World.Deployments, Has.Count.EqualTo(2));
    }
}
