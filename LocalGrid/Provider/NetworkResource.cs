using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal sealed class NetworkResource(WorldStore store, IEngine engine)
    : ResourceKind(NetworkSchema.Block)
{
    private static readonly string[] Access = ["access_wg_config", "external_ip", "external_sk", "public_node_id"];

    public override IEnumerable<GridDiagnostic> Validate(TerraformObject config) =>
        [.. base.Validate(config), .. NetworkRules.Check(config)];

    public override void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
        if (!ValueTree.Same(prior["nodes"], planned["nodes"]))
        {
            planned["nodes_ip_range"] = config.GetValueOrDefault("nodes_ip_range");
            planned["node_deployment_id"] = null;
            if (prior.GetValueOrDefault("public_node_id") is not TerraformNumber { AsLong: > 0 })
            {
                // A second node may be a hidden one, and then they need one with a public address between them.
                planned["public_node_id"] = null;
            }
        }

        // The access point stays, even where it leaves the nodes.
        if (!ValueTree.Same(prior["add_wg_access"], planned["add_wg_access"]))
        {
            foreach (string name in Access)
            {
                planned[name] = null;
            }
        }
    }

    /// <summary>
    /// As the real provider does: a node whose contract has ended leaves the lists, so that the next plan adds it again.
    /// https://github.com/threefoldtech/tfgrid-sdk-go/blob/10e7b39/grid-client/workloads/network.go (InvalidateBrokenAttributes).
    /// </summary>
    public override ReadResult Read(TerraformObject state)
    {
        GridWorld world = store.Read();
        RequireAnswers(world, state);
        var live = world.Networks.SelectMany(network => network.Members).Select(member => member.Contract).ToHashSet();
        var ended = (state.Map("node_deployment_id") ?? [])
            .Where(item => item.Value is not TerraformNumber number || !live.Contains(number.AsLong))
            .Select(item => item.Key).ToHashSet();
        return new ReadResult(ended.Count == 0 ? state : new TerraformObject(state)
        {
            ["nodes"] = state.Items("nodes").Where(node => !ended.Contains(NameOf(node))).ToList(),
            ["nodes_ip_range"] = Without(state.Map("nodes_ip_range"), ended),
            ["node_deployment_id"] = Without(state.Map("node_deployment_id"), ended),
        });
    }

    public override TerraformObject Apply(TerraformObject planned, TerraformObject? prior)
    {
        EngineResponse response = engine.Run(new EngineRequest(EngineRequest.ApplyNetwork) { Network = ToSpec(planned) });
        if (response.Network is { } result)
        {
            // Also where it failed: what could not be reverted is kept, as in resourceNetworkCreate.
            Fill(planned, result);
        }

        response.ThrowIfFailed();
        return planned.Text("id") is null ? throw new InvalidOperationException("the engine returned no network") : planned;
    }

    private static void Fill(TerraformObject planned, NetworkResult result)
    {
        planned["id"] = result.Id;
        planned["nodes_ip_range"] = Texts(result.Subnets);
        planned["node_deployment_id"] = Numbers(result.Contracts);
        planned["access_wg_config"] = result.AccessConfig;
        planned["external_ip"] = result.ExternalIp;
        planned["external_sk"] = result.ExternalKey;
        planned["public_node_id"] = TerraformNumber.Of(result.PublicNode);
    }

    public override void Delete(TerraformObject state)
    {
        RequireAnswers(store.Read(), state);
        engine.Run(new EngineRequest(EngineRequest.DeleteNetwork) { Id = state.Text("id") }).ThrowIfFailed();
    }

    private static void RequireAnswers(GridWorld world, TerraformObject state) =>
        GridFaults.RequireAnswers(world, NodesOf(state), "couldn't load network data");

    private static NetworkSpec ToSpec(TerraformObject planned) => new()
    {
        Id = planned.Text("id"),
        Name = planned.Text("name") ?? "",
        IpRange = planned.Text("ip_range") ?? "",
        Description = planned.Text("description") ?? "",
        SolutionType = planned.Text("solution_type") ?? "",
        Nodes = NodesOf(planned),
        Subnets = ToTexts(planned.Map("nodes_ip_range")),
        MyceliumKeys = ToTexts(planned.Map("mycelium_keys")),
        AddWireGuardAccess = planned.Flag("add_wg_access"),
    };

    private static List<int> NodesOf(TerraformObject network) =>
        [.. network.Items("nodes").OfType<TerraformNumber>().Select(node => (int)node.AsLong)];

    private static string NameOf(object? node) => node is TerraformNumber number ? $"{number.AsLong}" : "";

    private static TerraformObject Without(TerraformObject? map, HashSet<string> nodes) =>
        new((map ?? []).Where(item => !nodes.Contains(item.Key)));

    private static Dictionary<string, string> ToTexts(TerraformObject? map) =>
        (map ?? []).Where(item => item.Value is string).ToDictionary(item => item.Key, item => (string?)item.Value ?? "");

    private static TerraformObject Texts(Dictionary<string, string> map) =>
        new(map.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value)));

    private static TerraformObject Numbers(Dictionary<string, long> map) =>
        new(map.Select(item => KeyValuePair.Create(item.Key, (object?)TerraformNumber.Of(item.Value))));
}
