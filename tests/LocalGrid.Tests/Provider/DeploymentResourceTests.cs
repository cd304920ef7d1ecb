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
public sealed class DeploymentResourceTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly FakeComputer _computer = new();
    private int _deaths;
    private string? _profile;

    private DeploymentResource Resource => new(_computer.Store, _engine)
    {
        Die = () => _deaths++,
        Variable = name => name == "TFGRID_LOCALGRID_PROFILE" ? _profile : null,
    };

    public DeploymentResourceTests()
    {
        _engine.Response = new EngineResponse
        {
            Deployment = new DeploymentResult
            {
                Contract = 1007,
                IpRange = "10.1.2.0/24",
                Vms =
                [
                    new VmResult("two", "10.1.2.3", "", "", "", "10.1.2.1:20003"),
                    new VmResult("one", "10.1.2.2", "203.0.113.10/24", "2001:db8:1::5/64", "5a1::1", "10.1.2.1:20002"),
                ],
            },
        };
    }

    public void Dispose() => _computer.Dispose();

    [Test]
    public void The_engine_is_asked_for_everything_that_was_planned()
    {
        TerraformObject vm = Vm("one");
        vm["cpu"] = TerraformNumber.Of(3);
        vm["rootfs_size"] = TerraformNumber.Of(2048);
        vm["ip"] = "10.1.2.2";
        vm["publicip"] = true;
        vm["publicip6"] = true;
        vm["mycelium_ip_seed"] = "010203040506";
        vm["entrypoint"] = "/init";
        vm["env_vars"] = new TerraformObject { ["B"] = "2", ["A"] = "1", ["N"] = null };
        vm["mounts"] = new List<object?> { new TerraformObject { ["name"] = "data", ["mount_point"] = "/data" } };
        TerraformObject planned = Planned(vm, Vm("two"));
        planned["solution_type"] = "tfc/x";
        planned["disks"] = new List<object?> { new TerraformObject { ["name"] = "data", ["size"] = TerraformNumber.Of(7) } };

        Resource.Apply(planned, null);

        EngineRequest request = _engine.Requests.Single();
        DeploymentSpec spec = request.Deployment!;
        Assert.That(request.Operation, Is.EqualTo("apply-deployment"));
        Assert.That(
            (spec.Contract, spec.Node, spec.Name, spec.SolutionType, spec.NetworkName),
            Is.EqualTo(((long?)null, 2, "vms", "tfc/x", "net")));
        Assert.That(spec.Disks, Is.EqualTo(new[] { new DiskSpec("data", 7) }));
        VmSpec one = spec.Vms[0];
        Assert.That(
            (one.Name, one.Flist, one.Entrypoint, one.Cpu, one.MemoryMb, one.RootfsMb),
            Is.EqualTo(("one", "https://hub/x.flist", "/init", 3, 1024L, 2048L)));
        Assert.That((one.Ip, one.PublicIp, one.PublicIp6, one.MyceliumSeed), Is.EqualTo(("10.1.2.2", true, true, "010203040506")));
        Assert.That(one.Environment.Select(item => $"{item.Key}={item.Value}"), Is.EqualTo(new[] { "A=1", "B=2", "N=" }));
        Assert.That(one.Mounts, Is.EqualTo(new[] { new MountSpec("data", "/data") }));
        Assert.That((spec.Vms[1].Cpu, spec.Vms[1].Ip, spec.Vms[1].PublicIp), Is.EqualTo((1, (string?)null, false)));
    }

    /// <summary>In the request, because sudo passes no variables on.</summary>
    [TestCase(null, "usual")]
    [TestCase("", "usual")]
    [TestCase("harsh", "harsh")]
    public void The_engine_is_told_the_profile_that_the_environment_names(string? variable, string profile)
    {
        _profile = variable;

        Resource.Apply(Planned(Vm("one"), Vm("two")), null);

        Assert.That(_engine.Requests.Single().Deployment!.Profile, Is.EqualTo(profile));
    }

    [Test]
    public void A_profile_that_is_unknown_makes_nothing()
    {
        _profile = "rough";

        Assert.That(
            () => Resource.Apply(Planned(Vm("one")), null),
            Throws.TypeOf<GridException>().With.Message.EqualTo(
                "TFGRID_LOCALGRID_PROFILE is \"rough\"; it can be usual or harsh"));
        Assert.That(_engine.Requests, Is.Empty);
    }

    [Test]
    public void The_engines_answer_is_the_state_each_machine_by_its_name()
    {
        TerraformObject state = Resource.Apply(Planned(Vm("one"), Vm("two")), null);

        Assert.That((state.Text("id"), state.Text("ip_range")), Is.EqualTo(("1007", "10.1.2.0/24")));
        string[] computed = ["ip", "computedip", "computedip6", "mycelium_ip", "planetary_ip", "console_url"];
        Assert.That(
            state.Blocks("vms").Select(vm => string.Join('|', computed.Select(name => vm[name]))),
            Is.EqualTo(new[] { "10.1.2.2|203.0.113.10/24|2001:db8:1::5/64|5a1::1||10.1.2.1:20002", "10.1.2.3|||||10.1.2.1:20003" }));
        Assert.That(_deaths, Is.Zero);
    }

    [Test]
    public void A_change_names_its_contract()
    {
        TerraformObject planned = Planned(Vm("one"));
        planned["id"] = "1007";

        Resource.Apply(planned, Prior(node: 2));

        Assert.That(_engine.Requests.Single().Deployment!.Contract, Is.EqualTo(1007));
    }

    [Test]
    public void On_another_node_the_old_contract_is_cancelled_and_a_new_one_is_made()
    {
        TerraformObject planned = Planned(Vm("one"));
        planned["id"] = "1006";

        TerraformObject state = Resource.Apply(planned, Prior(node: 1));

        Assert.That(_engine.Requests.Select(request => request.Operation), Is.EqualTo(new[] { "delete-deployment", "apply-deployment" }));
        Assert.That((_engine.Requests[0].Id, _engine.Requests[1].Deployment!.Contract), Is.EqualTo(("1006", (long?)null)));
        Assert.That(state["id"], Is.EqualTo("1007"));
    }

    [Test]
    public void An_id_that_is_no_number_is_no_contract()
    {
        Resource.Delete(new TerraformObject { ["id"] = "x" });

        Assert.That(_engine.Requests.Single(), Is.EqualTo(new EngineRequest("delete-deployment") { Id = "0" }));
    }

    [Test]
    public void An_injected_death_of_the_provider_comes_after_the_machines_started()
    {
        _engine.Response.Deployment!.ProviderDies = true;

        Resource.Apply(Planned(Vm("one")), null);

        Assert.That(_deaths, Is.EqualTo(1));
    }

    [Test]
    public void An_engine_that_failed_is_an_error()
    {
        _engine.Response = EngineResponse.Failed(new GridException("No", "because", "vms", 0));

        Assert.That(() => Resource.Apply(Planned(Vm("one")), null), Throws.TypeOf<GridException>().With.Message.EqualTo("because"));
        Assert.That(() => Resource.Delete(new TerraformObject { ["id"] = "1" }), Throws.TypeOf<GridException>());
    }

    [Test]
    public void An_engine_that_says_nothing_of_the_deployment_is_an_error()
    {
        _engine.Response = new EngineResponse();

        Assert.That(
            () => Resource.Apply(Planned(Vm("one")), null),
            Throws.InvalidOperationException.With.Message.EqualTo("the engine returned no deployment"));
    }

    /// <summary>The original asks the node for the deployment, and the node starts machines that ended.</summary>
    [Test]
    public void A_deployment_is_there_while_its_contract_is_whether_its_machines_run_or_not()
    {
        _computer.Store.Change(world => world.Deployments.Add(new DeploymentRecord
        {
            Contract = 1007,
            Node = 2,
            Name = "d",
            Vms = [SampleNetworks.PlainMachine with { Process = Worlds.Dead }],
        }));
        var state = new TerraformObject { ["id"] = "1007", ["node"] = TerraformNumber.Of(2) };

        ReadResult read = Resource.Read(state);

        Assert.That((read.State, read.Warning), Is.EqualTo((state, (GridDiagnostic?)null)));
    }

    [TestCase("1008")]
    [TestCase("0")]
    public void Of_a_cancelled_contract_the_state_stays_with_a_warning(string id)
    {
        var state = new TerraformObject { ["id"] = id, ["node"] = TerraformNumber.Of(2) };

        ReadResult read = Resource.Read(state);

        Assert.That(read.State, Is.SameAs(state));
        Assert.That(
            (read.Warning!.IsWarning, read.Warning.Summary, read.Warning.Detail),
            Is.EqualTo((
                true,
                "failed to read deployment data (terraform refresh might help)",
                $"failed to get deployments to update local state: failed to get deployment {id} of node 2: deployment not found")));
    }

    [Test]
    public void While_the_node_has_not_noticed_the_end_the_contract_is_0_and_nothing_is_in_it()
    {
        _computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, GridFaults.LateNode, 2, 0)));
        var state = new TerraformObject
        {
            ["id"] = "1008",
            ["node"] = TerraformNumber.Of(2),
            ["name"] = "d",
            ["vms"] = new List<object?> { Vm("one") },
            ["disks"] = new List<object?> { new TerraformObject() },
        };

        ReadResult read = Resource.Read(state);

        Assert.That((read.State["id"], read.State["name"], read.Warning), Is.EqualTo(("0", "d", (GridDiagnostic?)null)));
        Assert.That(new[] { "vms", "disks", "zdbs", "qsfs" }.Select(name => read.State.Items(name)), Has.All.Empty);
        Assert.That(Resource.Read(read.State).Warning, Is.Not.Null, "a node knows no contract 0");
    }

    /// <summary>The chain would end the contract without the node, but the provider asks the node first.</summary>
    [Test]
    public void A_dead_node_lets_read_and_delete_fail_and_the_chain_lets_a_deployment_leave_it()
    {
        _computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, GridFaults.Refuse, 1, 0)));
        const string Summary = "couldn't load deployment data with error: failed to get node features '1'";

        Assert.That(() => Resource.Read(Prior(node: 1)), Throws.TypeOf<GridException>().With.Property("Summary").EqualTo(Summary));
        Assert.That(() => Resource.Delete(Prior(node: 1)), Throws.TypeOf<GridException>().With.Property("Summary").EqualTo(Summary));
        Assert.That(_engine.Requests, Is.Empty);

        TerraformObject planned = Planned(Vm("one"));
        planned["id"] = "1006";
        Resource.Apply(planned, Prior(node: 1));

        Assert.That(_engine.Requests[0], Is.EqualTo(new EngineRequest("delete-deployment") { Id = "1006" }));
    }

    private static TerraformObject Prior(int node) => new() { ["id"] = "1006", ["node"] = TerraformNumber.Of(node) };

    private static TerraformObject Planned(params TerraformObject[] vms) => new()
    {
        ["id"] = UnknownValue.Plain,
        ["node"] = TerraformNumber.Of(2),
        ["name"] = "vms",
        ["network_name"] = "net",
        ["vms"] = vms.ToList<object?>(),
    };

    private static TerraformObject Vm(string name) => new()
    {
        ["name"] = name,
        ["flist"] = "https://hub/x.flist",
        ["memory"] = TerraformNumber.Of(1024),
        ["ip"] = UnknownValue.Plain,
    };
}
