using NUnit.Framework;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Provider;

public sealed class ProviderPlanTests
{
    private sealed class NoEngine : IEngine
    {
        public EngineResponse Run(EngineRequest request) => throw new InvalidOperationException("a plan must not touch the engine");
    }

    private static readonly Dictionary<string, ResourceKind> Kinds = GridProvider.Kinds(
        new WorldStore(new WorldPaths("/nonexistent"), TimeProvider.System),
        new NoEngine());

    [Test]
    public void A_new_deployment_plans_defaults_and_unknown_computed_values()
    {
        TerraformObject config = Deployment(Vm("one"));

        TerraformObject planned = Plan(config, null)!;

        Assert.That(planned["name"], Is.EqualTo("vm"));
        Assert.That(planned["id"], Is.EqualTo(UnknownValue.Plain));
        TerraformObject vm = planned.Blocks("vms").Single();
        Assert.That(vm["cpu"], Is.EqualTo(TerraformNumber.Of(1)));
        Assert.That(new[] { vm["ip"], vm["computedip"], vm["mycelium_ip"] }, Is.All.EqualTo(UnknownValue.Plain));
        Assert.That(vm["publicip"], Is.Null);
    }

    [Test]
    public void An_unchanged_configuration_plans_nothing()
    {
        TerraformObject config = Deployment(Vm("one"));
        TerraformObject state = Applied(config);

        Assert.That(ValueTree.Same(Plan(config, state), state));
    }

    /// <summary>As Terraform does, and the real provider: for the node, the address of another machine then changes.</summary>
    [Test]
    public void Computed_values_stay_at_their_place_in_the_list()
    {
        TerraformObject state = Applied(Deployment(Vm("one"), Vm("two")));

        TerraformObject planned = Plan(Deployment(Vm("two")), state)!;

        Assert.That(planned.Blocks("vms").Single()["ip"], Is.EqualTo("ip-one"));
    }

    [Test]
    public void A_public_address_asked_for_later_leaves_the_computed_values_as_they_are()
    {
        TerraformObject state = Applied(Deployment(Vm("one")));
        TerraformObject vm = Vm("one");
        vm["publicip"] = true;

        TerraformObject planned = Plan(Deployment(vm), state)!.Blocks("vms").Single();

        Assert.That((planned["computedip"], planned["ip"]), Is.EqualTo(("computedip-one", "ip-one")));
    }

    [TestCase("node")]
    [TestCase("network_name")]
    [TestCase("name")]
    public void Every_change_is_planned_in_place(string attribute)
    {
        TerraformObject state = Applied(Deployment(Vm("one")));
        TerraformObject config = Deployment(Vm("one"));
        config[attribute] = attribute == "node" ? TerraformNumber.Of(2) : "other";

        TerraformObject planned = Plan(config, state)!;

        Assert.That(planned["id"], Is.EqualTo(state["id"]));
        Assert.That(planned[attribute], Is.EqualTo(config[attribute]));
    }

    [TestCase("cpu", 33, "range (1 - 32)")]
    [TestCase("memory", 255, "range (256 - 262144)")]
    [TestCase("rootfs_size", 1000, "range (1024")]
    public void Numbers_out_of_range_are_refused_at_their_place(string name, int value, string message)
    {
        TerraformObject vm = Vm("one");
        vm[name] = TerraformNumber.Of(value);

        AssertProblem(Deployment(vm), message, "vms", 0, name);
    }

    [TestCase("name", "a-b", "alphanumeric")]
    [TestCase("ip", "10.1.2", "valid IP")]
    [TestCase("mycelium_ip_seed", "b60f", "6 bytes")]
    public void Texts_of_the_wrong_form_are_refused_at_their_place(string name, string value, string message)
    {
        TerraformObject vm = Vm("one");
        vm[name] = value;

        AssertProblem(Deployment(vm), message, "vms", 0, name);
    }

    [Test]
    public void What_is_not_simulated_says_so_at_its_place()
    {
        TerraformObject vm = Vm("one");
        vm["gpus"] = new List<object?> { "0000:28:00.0/1002/731f" };

        AssertProblem(
            Deployment(vm),
            "not simulated by the local grid yet: gpus; deploy on a paid grid with --grid main",
            "vms", 0, "gpus");
    }

    [Test]
    public void An_unknown_node_is_refused_with_the_valid_range()
    {
        TerraformObject config = Deployment(Vm("one"));
        config["node"] = TerraformNumber.Of(77);

        AssertProblem(config, "its nodes are 1 to 8", "node");
    }

    [TestCase("10.1.0.0/24")]
    [TestCase("10.1.0.0")]
    [TestCase("fd00::/16")]
    [TestCase("11.1.0.0/16")]
    public void A_network_range_is_a_private_16(string range)
    {
        TerraformObject config = ObjectShape.Conform(NetworkSchema.Block, new TerraformObject
        {
            ["name"] = "n",
            ["ip_range"] = range,
            ["nodes"] = new List<object?>(),
        });

        Assert.That(Kinds["grid_network"].Validate(config).Single().Path, Is.EqualTo(new object[] { "ip_range" }));
    }

    [Test]
    public void Unknown_values_are_not_checked()
    {
        TerraformObject vm = Vm("one");
        vm["memory"] = UnknownValue.Plain;
        vm["name"] = UnknownValue.Plain;

        Assert.That(Kinds["grid_deployment"].Validate(Deployment(vm)), Is.Empty);
    }

    private static void AssertProblem(TerraformObject config, string message, params object[] path)
    {
        GridDiagnostic problem = Kinds["grid_deployment"].Validate(config).Single();
        Assert.That(problem.Detail, Does.Contain(message));
        Assert.That(problem.Path, Is.EqualTo(path));
    }

    private static TerraformObject? Plan(TerraformObject config, TerraformObject? prior) =>
        ResourcePlan.Make(Kinds["grid_deployment"], config, prior, Proposed(config, prior));

    // Terraform keeps computed values of the prior state, in list blocks by position.
    private static TerraformObject Proposed(TerraformObject config, TerraformObject? prior)
    {
        var proposed = (TerraformObject)ValueTree.Copy(config)!;
        proposed["id"] = prior?["id"];
        proposed["ip_range"] = prior?["ip_range"];
        foreach ((TerraformObject vm, TerraformObject old) in proposed.Blocks("vms").Zip(prior?.Blocks("vms") ?? []))
        {
            foreach (string name in new[] { "ip", "computedip", "computedip6", "mycelium_ip", "planetary_ip", "console_url" })
            {
                vm[name] ??= old[name];
            }
        }

        return proposed;
    }

    private static TerraformObject Applied(TerraformObject config)
    {
        TerraformObject state = Plan(config, null)!;
        state["id"] = "1001";
        state["ip_range"] = "10.1.2.0/24";
        foreach (TerraformObject vm in state.Blocks("vms"))
        {
            foreach (string name in vm.Where(item => item.Value is UnknownValue).Select(item => item.Key).ToList())
            {
                vm[name] = $"{name}-{vm.Text("name")}";
            }
        }

        return state;
    }

    private static TerraformObject Deployment(params TerraformObject[] vms) => ObjectShape.Conform(
        DeploymentSchema.Block,
        new TerraformObject
        {
            ["node"] = TerraformNumber.Of(1),
            ["network_name"] = "net",
            ["vms"] = vms.ToList<object?>(),
        });

    private static TerraformObject Vm(string name) => new()
    {
        ["name"] = name,
        ["flist"] = "https://hub.grid.tf/tf-official-apps/base:latest.flist",
        ["memory"] = TerraformNumber.Of(1024),
    };
}
