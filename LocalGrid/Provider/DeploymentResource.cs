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
    public override IReadOnlyList<string> Replacing => ["node", "network_name"];

    /// <summary>Ends this process like a crash: no answer, no clean-up.</summary>
    public Action Die { get; init; } = static () =>
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    };

    public override IEnumerable<GridDiagnostic> Validate(TerraformObject config) =>
        [.. base.Validate(config), .. DeploymentRules.Check(config)];

    /// <summary>
    /// Terraform keeps computed values by list position. Here a vm keeps its own by name, even if it moves.
    /// </summary>
    public override void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
        var configured = config.Blocks("vms").ToList();
        foreach ((TerraformObject vm, int index) in planned.Blocks("vms").Select((vm, index) => (vm, index)))
        {
            TerraformObject? before = prior.Blocks("vms").FirstOrDefault(old => old.Text("name") == vm.Text("name"));
            CarryOver(vm, before, index < configured.Count ? configured[index] : []);
        }
    }

    public override TerraformObject? Read(TerraformObject state)
    {
        GridWorld world = store.Read();
        DeploymentRecord? deployment = world.Deployments.FirstOrDefault(each => each.Contract == ContractOf(state));
        return deployment is not null && liveness.IsAlive(world, deployment) ? state : null;
    }

    public override TerraformObject Apply(TerraformObject planned)
    {
        var request = new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = DeploymentConversion.ToSpec(planned) };
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

    private static void CarryOver(TerraformObject vm, TerraformObject? before, TerraformObject configured)
    {
        vm["ip"] = configured.GetValueOrDefault("ip") ?? before?.GetValueOrDefault("ip");
        Carry("computedip", "publicip");
        Carry("computedip6", "publicip6");
        Carry("mycelium_ip", "mycelium_ip_seed");
        Carry("planetary_ip", "planetary");
        Carry("console_url", "ip");

        void Carry(string computed, string cause) =>
            vm[computed] = before is not null && ValueTree.Same(before.GetValueOrDefault(cause), vm.GetValueOrDefault(cause))
                ? before.GetValueOrDefault(computed)
                : null;
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
