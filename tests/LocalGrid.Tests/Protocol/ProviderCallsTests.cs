using Google.Protobuf;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.Values;
using WireFormat = TfgridCompose.LocalGrid.Protocol.Wire.WireFormat;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

/// <summary>What Terraform asks a provider, over the wire.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProviderCallsTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly FakeComputer _computer = new();
    private ServedPlugin _plugin = null!;

    [SetUp]
    public async Task Start()
    {
        _engine.Response = new EngineResponse { Network = new NetworkResult { Id = "id", Contracts = { ["1"] = 1001 } } };
        _plugin = await ServedPlugin.StartAsync(_computer, _engine, _computer.In("/plugin.sock"));
    }

    [TearDown]
    public async Task End()
    {
        await _plugin.DisposeAsync();
    }

    public void Dispose() => _computer.Dispose();

    [Test]
    public async Task The_schema_has_attributes_and_blocks_as_they_are_declared()
    {
        GetProviderSchemaResponse schema = await _plugin.Client.CallAsync<GetProviderSchemaResponse>(
            "GetSchema", new GetProviderSchemaRequest());

        Assert.That(schema.ServerCapabilities.GetProviderSchemaOptional);
        Assert.That(schema.DataSourceSchemas.Keys, Is.EqualTo(new[] { "grid_gateway_domain" }));
        Assert.That(schema.Provider.Block.Attributes.Single(attribute => attribute.Sensitive).Name, Is.EqualTo("mnemonic"));
        Schema.Types.Block deployment = schema.ResourceSchemas["grid_deployment"].Block;
        Assert.That(Use(deployment, "node"), Is.EqualTo("\"number\" True False False"));
        Assert.That(Use(deployment, "id"), Is.EqualTo("\"string\" False True True"));
        Assert.That(Use(deployment, "ip_range"), Is.EqualTo("\"string\" False False True"));
        Assert.That(
            deployment.BlockTypes.Select(block => $"{block.TypeName} {block.Nesting}"),
            Is.EqualTo(new[] { "disks List", "zdbs List", "vms List", "qsfs List", "timeouts Single" }));
        Schema.Types.NestedBlock metadata = deployment.BlockTypes.Single(block => block.TypeName == "qsfs").Block.BlockTypes[0];
        Assert.That((metadata.TypeName, metadata.MinItems, metadata.MaxItems), Is.EqualTo(("metadata", 1L, 1L)));
    }

    [Test]
    public async Task The_providers_configuration_is_filled_in_and_checked()
    {
        PrepareProviderConfigResponse prepared = await _plugin.Client.CallAsync<PrepareProviderConfigResponse>(
            "PrepareProviderConfig",
            new PrepareProviderConfigRequest
            {
                Config = WireFormat.ToWire(new TerraformObject { ["network"] = "mars", ["rmb_timeout"] = TerraformNumber.Of(7) }),
            });

        Assert.That(WireFormat.ToObject(prepared.PreparedConfig)!.Text("key_type"), Is.Not.Null);
        Diagnostic problem = prepared.Diagnostics.Single();
        Assert.That(
            (problem.Severity, problem.Summary, PathOf(problem)),
            Is.EqualTo((Diagnostic.Types.Severity.Error, "Invalid network", "network")));
    }

    [Test]
    public async Task A_problem_of_the_configuration_has_its_place()
    {
        TerraformObject config = Network(1, 1);

        ValidateConfigResponse validated = await _plugin.Client.CallAsync<ValidateConfigResponse>(
            "ValidateResourceTypeConfig",
            new ValidateConfigRequest { TypeName = "grid_network", Config = WireFormat.ToWire(config) });

        Assert.That(validated.Diagnostics.Select(problem => $"{problem.Detail}|{PathOf(problem)}"), Is.EqualTo(new[]
        {
            "node 1 is in nodes more than once|nodes/[1]",
        }));
    }

    [Test]
    public async Task Data_sources_and_imports_are_refused()
    {
        ValidateConfigResponse validated = await _plugin.Client.CallAsync<ValidateConfigResponse>(
            "ValidateDataSourceConfig", new ValidateConfigRequest { TypeName = "grid_gateway_domain" });
        ReadDataSourceResponse read = await _plugin.Client.CallAsync<ReadDataSourceResponse>(
            "ReadDataSource", new ReadDataSourceRequest { TypeName = "grid_gateway_domain" });
        ImportResourceStateResponse imported = await _plugin.Client.CallAsync<ImportResourceStateResponse>(
            "ImportResourceState", new ImportResourceStateRequest { TypeName = "grid_network", Id = "1" });

        Assert.That(validated.Diagnostics.Single().Detail, Does.Contain("data source grid_gateway_domain"));
        Assert.That(read.Diagnostics.Single().Detail, Does.Contain("data source grid_gateway_domain"));
        Assert.That(read.State.Msgpack.ToByteArray(), Is.EqualTo(new byte[] { 0xc0 }));
        Assert.That(imported.Diagnostics.Single().Detail, Is.EqualTo("grid_network cannot be imported: the real provider cannot either"));
    }

    [Test]
    public async Task A_resource_is_planned_made_and_ended()
    {
        TerraformObject config = Network(1);

        PlanResourceChangeResponse plan = await PlanAsync(config, null);
        ApplyResourceChangeResponse made = await ApplyAsync(null, plan.PlannedState);
        ApplyResourceChangeResponse ended = await ApplyAsync(made.NewState, WireFormat.Nothing);

        Assert.That((plan.LegacyTypeSystem, made.LegacyTypeSystem, plan.RequiresReplace.Count), Is.EqualTo((true, true, 0)));
        Assert.That(WireFormat.ToObject(plan.PlannedState)!["id"], Is.EqualTo(UnknownValue.Plain));
        Assert.That(WireFormat.ToObject(made.NewState)!["id"], Is.EqualTo("id"));
        Assert.That(WireFormat.ToObject(ended.NewState), Is.Null);
        Assert.That(_engine.Requests.Select(request => request.Operation), Is.EqualTo(new[] { "apply-network", "delete-network" }));
        Assert.That(_engine.Requests[1].Id, Is.EqualTo("id"));
    }

    [Test]
    public async Task No_change_needs_another_resource_and_a_plan_to_destroy_is_empty()
    {
        ApplyResourceChangeResponse made = await ApplyAsync(null, (await PlanAsync(Network(1), null)).PlannedState);
        TerraformObject renamed = Network(1);
        renamed["name"] = "other";

        PlanResourceChangeResponse plan = await PlanAsync(renamed, made.NewState);
        PlanResourceChangeResponse destroy = await _plugin.Client.CallAsync<PlanResourceChangeResponse>(
            "PlanResourceChange",
            new PlanResourceChangeRequest
            {
                TypeName = "grid_network",
                PriorState = made.NewState,
                ProposedNewState = WireFormat.Nothing,
            });

        Assert.That(plan.RequiresReplace, Is.Empty, "the real provider has no ForceNew");
        Assert.That(WireFormat.ToObject(destroy.PlannedState), Is.Null);
    }

    [Test]
    public async Task A_resource_stays_in_the_state_and_a_warning_says_that_it_was_not_found()
    {
        DynamicValue state = WireFormat.ToWire(new TerraformObject { ["id"] = "1007", ["node"] = TerraformNumber.Of(2) });

        ReadResourceResponse read = await ReadAsync(state);

        Assert.That(WireFormat.ToObject(read.NewState)!["id"], Is.EqualTo("1007"));
        Assert.That(read.Private.ToStringUtf8(), Is.EqualTo("private"));
        Assert.That(read.Diagnostics.Single().Severity, Is.EqualTo(Diagnostic.Types.Severity.Warning));
    }

    [Test]
    public async Task A_state_of_another_build_gets_the_current_schema()
    {
        UpgradeResourceStateResponse upgraded = await _plugin.Client.CallAsync<UpgradeResourceStateResponse>(
            "UpgradeResourceState",
            new UpgradeResourceStateRequest
            {
                TypeName = "grid_network",
                RawState = new RawState { Json = ByteString.CopyFromUtf8("""{"id":"x","gone":1,"nodes":[1]}""") },
            });

        TerraformObject state = WireFormat.ToObject(upgraded.UpgradedState)!;
        Assert.That(state.Keys, Is.EqualTo(NetworkSchema.Block.Attributes.Select(attribute => attribute.Name)));
        Assert.That((state["id"], state.Items("nodes").Single()), Is.EqualTo(((object)"x", (object)TerraformNumber.Of(1))));
    }

    /// <summary>Terraform shows a diagnostic as it is, and any other failure as a crash of the plugin.</summary>
    [Test]
    public async Task An_error_of_the_grid_keeps_its_own_summary_and_place_and_the_state_stays()
    {
        DynamicValue prior = WireFormat.ToWire(Network(1));
        _engine.Problem = new GridException("Address in use", "another vm has it", "vms", 1, "ip");

        ApplyResourceChangeResponse applied = await ApplyAsync(prior, prior);

        Diagnostic problem = applied.Diagnostics.Single();
        Assert.That((problem.Summary, problem.Detail, PathOf(problem)), Is.EqualTo(("Address in use", "another vm has it", "vms/[1]/ip")));
        Assert.That(applied.NewState, Is.EqualTo(prior));
    }

    /// <summary>As the Go SDK does: terraform-provider-grid, wiki/internals.md.</summary>
    [Test]
    public async Task An_update_that_failed_keeps_what_was_planned_until_the_next_refresh()
    {
        TerraformObject before = Network(1);
        long contract = SampleNetworks.Plain.Members[0].Contract;
        (before["id"], before["description"]) = ("id", "old");
        (before["node_deployment_id"], before["nodes_ip_range"]) =
            (new TerraformObject { ["1"] = TerraformNumber.Of(contract) }, new TerraformObject { ["1"] = "10.1.2.0/24" });
        TerraformObject config = Network(1, 2);
        config["description"] = "new";
        DynamicValue prior = WireFormat.ToWire(before);
        _computer.Store.Change(world => world.Networks.Add(SampleNetworks.Plain));
        _engine.Problem = new GridException("The node refused", "node 2 did not answer");

        PlanResourceChangeResponse plan = await PlanAsync(config, prior);
        ApplyResourceChangeResponse applied = await ApplyAsync(prior, plan.PlannedState);
        PlanResourceChangeResponse again = await PlanAsync(config, applied.NewState, applied.Private);
        ReadResourceResponse read = await ReadNetworkAsync(applied.NewState, again.PlannedPrivate);

        TerraformObject kept = WireFormat.ToObject(applied.NewState)!;
        Assert.That(applied.Diagnostics.Single().Summary, Is.EqualTo("The node refused"));
        Assert.That((kept["description"], kept.Items("nodes").Count, kept["id"]), Is.EqualTo(((object)"new", 2, (object)"id")));
        Assert.That(kept.Map("node_deployment_id")!["1"], Is.EqualTo(TerraformNumber.Of(contract)), "computed, so it is as before");
        Assert.That(kept.Values, Has.None.InstanceOf<UnknownValue>());
        TerraformObject real = WireFormat.ToObject(read.NewState)!;
        Assert.That((real["description"], real.Items("nodes").Count), Is.EqualTo(((object)"old", 1)));
        Assert.That(read.Private, Is.Empty, "it has been read");
    }

    [Test]
    public async Task A_create_that_failed_is_kept_where_it_set_an_id()
    {
        _engine.Response = EngineResponse.Failed(new GridException("could not deploy network net", "")) with
        {
            Network = new NetworkResult { Id = "half", Contracts = { ["1"] = 1001 } },
        };

        ApplyResourceChangeResponse half = await ApplyAsync(null, (await PlanAsync(Network(1), null)).PlannedState);
        _engine.Problem = new GridException("The node refused", "");
        ApplyResourceChangeResponse none = await ApplyAsync(null, (await PlanAsync(Network(1), null)).PlannedState);

        Assert.That((half.Diagnostics.Count, WireFormat.ToObject(half.NewState)!["id"]), Is.EqualTo((1, (object)"half")));
        Assert.That((none.Diagnostics.Count, WireFormat.ToObject(none.NewState)), Is.EqualTo((1, (TerraformObject?)null)));
    }

    [Test]
    public async Task An_error_that_nobody_expected_is_a_diagnostic_as_well()
    {
        _engine.Problem = new InvalidOperationException("boom");

        ApplyResourceChangeResponse applied = await ApplyAsync(null, WireFormat.ToWire(Network(1)));

        Diagnostic problem = applied.Diagnostics.Single();
        Assert.That(problem.Summary, Is.EqualTo("The local grid failed"));
        Assert.That(problem.Detail, Does.StartWith("InvalidOperationException: boom\n").And.Contain(nameof(FakeEngine)));
        Assert.That(problem.Attribute, Is.Null);
    }

    private Task<PlanResourceChangeResponse> PlanAsync(TerraformObject config, DynamicValue? prior, ByteString? kept = null)
    {
        var proposed = (TerraformObject)ValueTree.Copy(config)!;
        TerraformObject before = WireFormat.ToObject(prior) ?? [];
        foreach (string name in config.Keys.Where(name => proposed[name] is null))
        {
            proposed[name] = before.GetValueOrDefault(name);
        }

        return _plugin.Client.CallAsync<PlanResourceChangeResponse>("PlanResourceChange", new PlanResourceChangeRequest
        {
            TypeName = "grid_network",
            Config = WireFormat.ToWire(config),
            PriorState = prior ?? WireFormat.Nothing,
            ProposedNewState = WireFormat.ToWire(proposed),
            PriorPrivate = kept ?? ByteString.Empty,
        });
    }

    private Task<ApplyResourceChangeResponse> ApplyAsync(DynamicValue? prior, DynamicValue planned) =>
        _plugin.Client.CallAsync<ApplyResourceChangeResponse>("ApplyResourceChange", new ApplyResourceChangeRequest
        {
            TypeName = "grid_network",
            PriorState = prior ?? WireFormat.Nothing,
            PlannedState = planned,
        });

    private Task<ReadResourceResponse> ReadNetworkAsync(DynamicValue state, ByteString kept) =>
        _plugin.Client.CallAsync<ReadResourceResponse>("ReadResource", new ReadResourceRequest
        {
            TypeName = "grid_network",
            CurrentState = state,
            Private = kept,
        });

    private Task<ReadResourceResponse> ReadAsync(DynamicValue state) =>
        _plugin.Client.CallAsync<ReadResourceResponse>("ReadResource", new ReadResourceRequest
        {
            TypeName = "grid_deployment",
            CurrentState = state,
            Private = ByteString.CopyFromUtf8("private"),
        });

    private static string Use(Schema.Types.Block block, string name)
    {
        Schema.Types.Attribute attribute = block.Attributes.Single(each => each.Name == name);
        return $"{attribute.Type.ToStringUtf8()} {attribute.Required} {attribute.Optional} {attribute.Computed}";
    }

    private static string PathOf(Diagnostic problem) => string.Join('/', problem.Attribute.Steps.Select(step =>
        step.SelectorCase == AttributePath.Types.Step.SelectorOneofCase.ElementKeyInt ? $"[{step.ElementKeyInt}]" : step.AttributeName));

    private static TerraformObject Network(params int[] nodes) => ObjectShape.Conform(NetworkSchema.Block, new TerraformObject
    {
        ["name"] = "net",
        ["ip_range"] = "10.1.0.0/16",
        ["nodes"] = nodes.Select(node => (object?)TerraformNumber.Of(node)).ToList(),
    });
}
