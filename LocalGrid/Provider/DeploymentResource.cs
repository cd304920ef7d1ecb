using System.Diagnostics;
using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal sealed class DeploymentResource(WorldStore store, IEngine engine)
    : ResourceKind(DeploymentSchema.Block)
{
    /// <summary>Ends this process like a crash: no answer, no clean-up.</summary>
    public Action Die { get; init; } = static () =>
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    };

    /// <summary>An environment variable of this process.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public override IEnumerable<GridDiagnostic> Validate(TerraformObject config) =>
        [.. base.Validate(config), .. DeploymentRules.Check(config)];

    /// <summary>
    /// As the real provider does: whether machines run is not looked at, and of a cancelled contract the state stays, with a
    /// warning. While the node has not noticed the end, the contract 0 without workloads is written instead.
    /// https://github.com/threefoldtech/terraform-provider-grid/blob/b7d1a8c/internal/provider/resource_deployment.go (Read).
    /// </summary>
    public override ReadResult Read(TerraformObject state)
    {
        GridWorld world = store.Read();
        long contract = ContractOf(state);
        int node = NodeOf(state);
        RequireAnswer(world, node);
        return world.Deployments.Any(each => each.Contract == contract) ? new ReadResult(state)
            : contract > 0 && GridFaults.Has(world, GridFaults.LateNode, node) ? new ReadResult(WithoutWorkloads(state))
            : new ReadResult(state) { Warning = NotFound(contract, node) };
    }

    public override TerraformObject Apply(TerraformObject planned, TerraformObject? prior)
    {
        if (prior is not null && prior.Whole("node") != planned.Whole("node"))
        {
            LeaveNode(planned, prior);
        }

        // In the request, because sudo passes no variables on.
        var request = new EngineRequest(EngineRequest.ApplyDeployment)
        {
            Deployment = DeploymentConversion.ToSpec(planned, MachineProfile.Chosen(Variable)),
        };
        EngineResponse response = engine.Run(request).ThrowIfFailed();
        DeploymentResult result = response.Deployment ?? throw new InvalidOperationException("the engine returned no deployment");
        if (result.ProviderDies)
        {
            Die();
        }

        planned["id"] = result.Contract.ToString(CultureInfo.InvariantCulture);
        planned["ip_range"] = result.IpRange;
        foreach (TerraformObject vm in planned.Blocks("vms"))
        {
            Fill(vm, result.Vms.First(each => each.Name == vm.Text("name")));
        }

        return planned;
    }

    /// <summary>As in the real provider, a dead node keeps its deployment, although the chain would end the contract without it.</summary>
    public override void Delete(TerraformObject state)
    {
        RequireAnswer(store.Read(), NodeOf(state));
        Cancel(state);
    }

    private void Cancel(TerraformObject state)
    {
        string contract = ContractOf(state).ToString(CultureInfo.InvariantCulture);
        engine.Run(new EngineRequest(EngineRequest.DeleteDeployment) { Id = contract }).ThrowIfFailed();
    }

    private static TerraformObject WithoutWorkloads(TerraformObject state)
    {
        var nothing = new TerraformObject(state) { ["id"] = "0" };
        foreach (NestedBlockSchema workloads in DeploymentSchema.Block.Blocks.Where(block => !block.Single))
        {
            nothing[workloads.Name] = new List<object?>();
        }

        return nothing;
    }

    private static GridDiagnostic NotFound(long contract, int node) => new(
        "failed to read deployment data (terraform refresh might help)",
        $"failed to get deployments to update local state: failed to get deployment {contract} of node {node}: deployment not found",
        [])
    {
        IsWarning = true,
    };

    // As the real provider does: the old contract is cancelled first, and whatever fails then, its machines are gone.
    // The planned addresses are still those of the old node, so that a machine of a network fails on the new one.
    private void LeaveNode(TerraformObject planned, TerraformObject prior)
    {
        Cancel(prior);
        planned["id"] = null;
    }

    private static void Fill(TerraformObject vm, VmResult result)
    {
        vm["ip"] = result.Ip;
        vm["computedip"] = result.PublicIp;
        vm["computedip6"] = result.PublicIp6;
        vm["mycelium_ip"] = result.MyceliumIp;
        vm["planetary_ip"] = "";
        vm["console_url"] = result.ConsoleUrl;
    }

    private static void RequireAnswer(GridWorld world, int node) =>
        GridFaults.RequireAnswers(world, [node], "couldn't load deployment data with error");

    private static int NodeOf(TerraformObject state) => (int)(state.Whole("node") ?? 0);

    private static long ContractOf(TerraformObject state) => DeploymentConversion.ContractOf(state) ?? 0;
}
