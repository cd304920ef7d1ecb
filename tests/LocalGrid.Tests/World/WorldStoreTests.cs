using NUnit.Framework;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.World;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WorldStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tfgrid-world").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private WorldStore Store => new(new WorldPaths(_root), TimeProvider.System);

    [Test]
    public void A_world_of_an_older_build_loads_and_what_it_did_not_know_has_a_default()
    {
        File.Copy(Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "older-world.json"), Store.Paths.World);

        GridWorld world = Store.Read();

        Assert.That(world.Networks.Single().Members.Single().Namespace, Is.EqualTo("tfl-n3"));
        Assert.That(world.Deployments.Single().Vms.Single().Cpu, Is.EqualTo(1));
        Assert.That(world.Faults, Is.Empty);
        Assert.That(new Liveness(Computer.This).IsAlive(world, world.Deployments.Single()), Is.False);
    }

    [Test]
    public void A_newer_world_is_refused_with_what_to_do()
    {
        File.WriteAllText(Store.Paths.World, """{"schema": 99}""");

        Assert.That(() => Store.Read(), Throws.TypeOf<GridException>().With.Message.Contains("Use the newer"));
    }

    [Test]
    public void Changes_from_many_threads_all_arrive()
    {
        Parallel.For(0, 20, _ => Store.Change(world => world.TakeContract()));

        Assert.That(Store.Read().NextContract, Is.EqualTo(1021));
    }

    [Test]
    public void A_failed_change_changes_nothing()
    {
        Assert.That(
            () => Store.Change(world => { world.TakeContract(); throw new InvalidOperationException(); }),
            Throws.InvalidOperationException);
        Assert.That(Store.Read().NextContract, Is.EqualTo(1001));
    }

    [Test]
    public void A_contract_that_has_ended_stays_listed_as_deleted()
    {
        Store.Change(world => world.Deployments.AddRange(
            [
                new DeploymentRecord { Contract = 1001, Node = 2, Name = "vm" },
                new DeploymentRecord { Contract = 1002, Node = 3, Name = "vm" },
            ]));

        Store.Change(world => world.Deployments.RemoveAll(deployment => deployment.Contract == 1001));
        Store.Change(world => world.TakeContract());

        GridWorld now = Store.Read();
        var grid = new QueriedGrid(now, new PublicIpPool(now, new HashSet<string>())) { Ended = Store.Ended() };
        Assert.That(
            GridQuery.Answer(grid, "/contracts").Body.EnumerateArray()
                .Select(contract => $"{contract.GetProperty("contract_id")} {contract.GetProperty("state")}"),
            Is.EqualTo(["1001 Deleted", "1002 Created"]));
        Assert.That(GridQuery.Answer(grid, "/contracts/1001").Body.GetProperty("details").GetProperty("nodeId").GetInt32(), Is.EqualTo(2));
        Assert.That(GridQuery.Answer(grid, "/contracts?state=Created,GracePeriod").Body.GetArrayLength(), Is.EqualTo(1));
    }

    /// <summary>Else a node that refuses once would refuse for ever: each time, the refusal undoes its own count.</summary>
    [Test]
    public void A_fault_that_made_a_change_fail_has_happened()
    {
        Store.Change(world => world.Faults.Add(new FaultRecord(1, "refuse", 2, 2)));

        Assert.That(
            () => Store.Change(world =>
            {
                world.TakeContract();
                world.Faults[0] = world.Faults[0] with { Remaining = 1 };
                throw new GridException("The node refused", "");
            }),
            Throws.TypeOf<GridException>());

        Assert.That((Store.Read().Faults.Single().Remaining, Store.Read().NextContract), Is.EqualTo((1, 1001)));
    }

    [Test]
    public void Anybody_may_read_the_world_and_only_its_owner_the_keys()
    {
        Store.Change(world => world.TakeContract());
        Store.SaveSecrets("n", new NetworkSecrets("a", "b", "c", "d"));

        Assert.That(File.GetUnixFileMode(Store.Paths.World).HasFlag(UnixFileMode.OtherRead));
        Assert.That(File.GetUnixFileMode(Store.Paths.SecretsOf("n")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(_root, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }
}
