using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Provider;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NetworkResourceTests : IDisposable
{
    private static readonly string[] AccessValues = ["access_wg_config", "external_ip", "external_sk", "public_node_id"];

    private readonly FakeEngine _engine = new();
    private readonly FakeComputer _computer = new();

    private NetworkResource Resource => new(_computer.Store, _engine);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_new_network_plans_its_computed_values_as_unknown()
    {
        string[] computed = ["id", "nodes_ip_range", "node_deployment_id", .. AccessValues];

        TerraformObject planned = Plan(Config(1, 2), null)!;

        Assert.That(planned["solution_type"], Is.EqualTo("Network"));
        Assert.That(computed.Select(name => planned[name]), Is.All.EqualTo(UnknownValue.Plain));
    }

    [Test]
    public void An_unchanged_network_plans_nothing()
    {
        TerraformObject state = Applied(Config(1, 2));

        Assert.That(Plan(Config(1, 2), state), Is.SameAs(state));
    }

    [Test]
    public void Other_nodes_have_other_ranges_and_contracts_and_the_access_point_stays()
    {
        TerraformObject planned = Plan(Config(1, 3), Applied(Config(1, 2)))!;

        Assert.That(planned["nodes_ip_range"], Is.EqualTo(UnknownValue.Plain));
        Assert.That(planned["node_deployment_id"], Is.EqualTo(UnknownValue.Plain));
        Assert.That(AccessValues.Select(name => planned[name]), Has.None.EqualTo(UnknownValue.Plain));
        Assert.That(planned["id"], Is.EqualTo("id"));
    }

    [Test]
    public void When_the_access_points_node_leaves_it_stays_the_access_point()
    {
        TerraformObject planned = Plan(Config(2), Applied(Config(1, 2)))!;

        Assert.That(AccessValues.Select(name => planned[name]), Has.None.EqualTo(UnknownValue.Plain));
        Assert.That(Plan(Config(2), planned), Is.SameAs(planned), "a foreign access point is no change");
    }

    [Test]
    public void A_network_without_an_access_point_has_none_that_could_leave()
    {
        TerraformObject state = Applied(Config(1, 2));
        state["public_node_id"] = TerraformNumber.Of(0);
        state["external_ip"] = "";

        TerraformObject planned = Plan(Config(2), state)!;
        Assert.That((planned["external_ip"], planned["public_node_id"]), Is.EqualTo(("", UnknownValue.Plain)), "it may need one now");
    }

    [Test]
    public void An_access_point_that_is_asked_for_or_given_up_changes_its_values()
    {
        TerraformObject config = Config(1, 2);
        config["add_wg_access"] = true;

        TerraformObject planned = Plan(config, Applied(Config(1, 2)))!;

        Assert.That(AccessValues.Select(name => planned[name]), Is.All.EqualTo(UnknownValue.Plain));
        Assert.That(planned["nodes_ip_range"], Is.Not.EqualTo(UnknownValue.Plain));
    }

    [Test]
    public void Ranges_that_the_user_chose_are_planned_as_they_are()
    {
        TerraformObject config = Config(1, 3);
        var chosen = new TerraformObject { ["1"] = "10.1.7.0/24" };
        config["nodes_ip_range"] = chosen;

        Assert.That(Plan(config, Applied(Config(1, 2)))!["nodes_ip_range"], Is.EqualTo(chosen));
    }

    [TestCase("name")]
    [TestCase("ip_range")]
    public void Another_name_or_range_is_planned_in_place(string attribute)
    {
        TerraformObject config = Config(1, 2);
        config[attribute] = attribute == "name" ? "other" : "10.2.0.0/16";

        TerraformObject planned = Plan(config, Applied(Config(1, 2)))!;

        Assert.That((planned["id"], planned[attribute]), Is.EqualTo(("id", config[attribute])));
    }

    [Test]
    public void The_engine_is_asked_for_what_was_planned_and_its_answer_is_the_state()
    {
        _engine.Response = new EngineResponse
        {
            Network = new NetworkResult
            {
                Id = "new-id",
                Subnets = { ["1"] = "10.1.2.0/24" },
                Contracts = { ["1"] = 1001 },
                AccessConfig = "[Interface]",
                ExternalIp = "10.1.3.0/24",
                ExternalKey = "key",
                PublicNode = 1,
            },
        };
        TerraformObject config = Config(1, 2);
        config["description"] = "d";
        config["solution_type"] = "tfc/x";
        config["add_wg_access"] = true;
        config["nodes_ip_range"] = new TerraformObject { ["1"] = "10.1.2.0/24", ["2"] = UnknownValue.Plain };
        config["mycelium_keys"] = new TerraformObject { ["1"] = "abcd" };

        TerraformObject state = Resource.Apply(Plan(config, null)!, null);

        EngineRequest request = _engine.Requests.Single();
        NetworkSpec spec = request.Network!;
        Assert.That(request.Operation, Is.EqualTo("apply-network"));
        Assert.That(
            (spec.Id, spec.Name, spec.IpRange, spec.Description, spec.SolutionType, spec.AddWireGuardAccess),
            Is.EqualTo(((string?)null, "net", "10.1.0.0/16", "d", "tfc/x", true)));
        Assert.That(spec.Nodes, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(spec.Subnets, Is.EqualTo(new Dictionary<string, string> { ["1"] = "10.1.2.0/24" }));
        Assert.That(spec.MyceliumKeys, Is.EqualTo(new Dictionary<string, string> { ["1"] = "abcd" }));
        Assert.That(state.Text("id"), Is.EqualTo("new-id"));
        Assert.That(state.Map("nodes_ip_range"), Is.EqualTo(new TerraformObject { ["1"] = "10.1.2.0/24" }));
        Assert.That(state.Map("node_deployment_id"), Is.EqualTo(new TerraformObject { ["1"] = TerraformNumber.Of(1001) }));
        Assert.That(
            AccessValues.Select(name => state[name]),
            Is.EqualTo(new object[] { "[Interface]", "10.1.3.0/24", "key", TerraformNumber.Of(1) }));
    }

    [Test]
    public void A_network_is_ended_by_its_id()
    {
        Resource.Delete(Applied(Config(1)));

        Assert.That(_engine.Requests.Single(), Is.EqualTo(new EngineRequest("delete-network") { Id = "id" }));
    }

    [Test]
    public void An_engine_that_failed_is_an_error()
    {
        _engine.Response = EngineResponse.Failed(new GridException("No", "because"));

        Assert.That(() => Resource.Delete(Applied(Config(1))), Throws.TypeOf<GridException>().With.Message.EqualTo("because"));
        Assert.That(() => Resource.Apply(Plan(Config(1), null)!, null), Throws.TypeOf<GridException>());
    }

    [Test]
    public void One_dead_node_lets_read_and_delete_of_the_whole_network_fail()
    {
        _computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, FaultRecord.Unhealthy, 4, 0)));
        TerraformObject state = Applied(Config(1, 4));
        const string Summary = "couldn't load network data: failed to get node features '4'";

        Assert.That(() => Resource.Read(state), Throws.TypeOf<GridException>().With.Property("Summary").EqualTo(Summary));
        Assert.That(() => Resource.Delete(state), Throws.TypeOf<GridException>().With.Property("Summary").EqualTo(Summary));
        Assert.That(() => Resource.Delete(Applied(Config(1))), Throws.Nothing);
    }

    /// <summary>The real provider sets the id, so that Terraform keeps the network and taints it.</summary>
    [Test]
    public void What_is_left_of_a_create_that_was_not_reverted_is_the_state()
    {
        _engine.Response = EngineResponse.Failed(new GridException("could not deploy network net", "the chain")) with
        {
            Network = new NetworkResult { Id = "half", Contracts = { ["1"] = 1001 }, Subnets = { ["1"] = "10.1.2.0/24" } },
        };
        TerraformObject planned = Plan(Config(1, 4), null)!;

        Assert.That(() => Resource.Apply(planned, null), Throws.TypeOf<GridException>().With.Message.EqualTo("the chain"));

        Assert.That((planned["id"], planned.Map("node_deployment_id")!.Keys.Single()), Is.EqualTo(((object)"half", "1")));
    }

    /// <summary>The next plan adds the node again, in place.</summary>
    [Test]
    public void A_node_whose_contract_has_ended_leaves_the_state_and_the_rest_stays()
    {
        _computer.Store.Change(world => world.Networks.Add(SampleNetworks.Full));
        TerraformObject state = Applied(Config(1, 4));
        state["nodes_ip_range"] = new TerraformObject { ["1"] = "10.1.2.0/24", ["4"] = "10.1.3.0/24" };
        state["node_deployment_id"] = new TerraformObject { ["1"] = TerraformNumber.Of(1001), ["4"] = TerraformNumber.Of(1004) };
        Assert.That(Resource.Read(state).State, Is.SameAs(state));

        _computer.Store.Change(world => world.Networks[0].Members.RemoveAt(1));
        TerraformObject found = Resource.Read(state).State;

        Assert.That(found.Items("nodes"), Is.EqualTo(new object[] { TerraformNumber.Of(1) }));
        Assert.That(found.Map("nodes_ip_range")!.Keys, Is.EqualTo(new[] { "1" }));
        Assert.That(found.Map("node_deployment_id")!.Keys, Is.EqualTo(new[] { "1" }));
        Assert.That((found["id"], found["external_sk"]), Is.EqualTo(("id", "key")));
        Assert.That(Plan(Config(1, 4), found)!["id"], Is.EqualTo("id"));
    }

    [Test]
    public void Unknown_nodes_nodes_named_twice_and_bad_keys_are_refused_at_their_place()
    {
        TerraformObject config = Config(1, 9, 1);
        config["mycelium_keys"] = new TerraformObject { ["1"] = "abcd", ["2"] = new string('a', 64), ["3"] = UnknownValue.Plain };

        Assert.That(
            Resource.Validate(config).Select(problem => (problem.Summary, problem.Detail, Path: string.Join('/', problem.Path))),
            Is.EqualTo(new[]
            {
                ("Unknown node", "the local grid has no node 9: its nodes are 1 to 8", "nodes/1"),
                ("Node twice in the network", "node 1 is in nodes more than once", "nodes/2"),
                ("Invalid mycelium key", "the mycelium key of node 1 must be 32 bytes in hex, got 4 characters", "mycelium_keys"),
            }));
    }

    private TerraformObject? Plan(TerraformObject config, TerraformObject? prior)
    {
        var proposed = (TerraformObject)ValueTree.Copy(config)!;
        foreach (AttributeSchema attribute in NetworkSchema.Block.Attributes.Where(attribute => attribute.IsComputed))
        {
            proposed[attribute.Name] ??= prior?[attribute.Name];
        }

        return ResourcePlan.Make(Resource, config, prior, proposed);
    }

    private TerraformObject Applied(TerraformObject config)
    {
        TerraformObject state = Plan(config, null)!;
        state["id"] = "id";
        state["nodes_ip_range"] = new TerraformObject { ["1"] = "10.1.2.0/24" };
        state["node_deployment_id"] = new TerraformObject { ["1"] = TerraformNumber.Of(1001) };
        state["access_wg_config"] = "[Interface]";
        state["external_ip"] = "10.1.3.0/24";
        state["external_sk"] = "key";
        state["public_node_id"] = TerraformNumber.Of(1);
        return state;
    }

    private static TerraformObject Config(params int[] nodes) => ObjectShape.Conform(NetworkSchema.Block, new TerraformObject
    {
        ["name"] = "net",
        ["ip_range"] = "10.1.0.0/16",
        ["nodes"] = nodes.Select(node => (object?)TerraformNumber.Of(node)).ToList(),
    });
}
