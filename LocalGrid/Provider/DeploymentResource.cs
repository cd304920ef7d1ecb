using System.Diagnostics;
using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal sealed class DeploymentResource(WorldStore store, Liveness liveness, IEngine engine)
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

    public override TerraformObject? Read(TerraformObject state)
    {
        GridWorld world = store.Read();
        DeploymentRecord? deployment = world.Deployments.FirstOrDefault(each => each.Contract == ContractOf(state));
        return deployment is not null && liveness.IsAlive(world, deployment) ? state : null;
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

    public override void Delete(TerraformObject state)
    {
        string contract = ContractOf(state).ToString(CultureInfo.InvariantCulture);
        engine.Run(new EngineRequest(EngineRequest.DeleteDeployment) { Id = contract }).ThrowIfFailed();
    }

    // As the real provider does: the old contract is cancelled first, and whatever fails then, its machines are gone.
    // The planned addresses are still those of the old node, so that a machine of a network fails on the new one.
    private void LeaveNode(TerraformObject planned, TerraformObject prior)
    {
        Delete(prior);
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

    private static long ContractOf(TerraformObject state) => DeploymentConversion.ContractOf(state) ?? 0;
}
