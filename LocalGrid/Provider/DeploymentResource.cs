using System.Diagnostics;
using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal sealed class DeploymentResource(WorldStore store, IEngine engine) : ResourceKind(DeploymentSchema.Block)
{
    public override IReadOnlyList<string> Replacing => ["node", "network_name"];

    public override IEnumerable<GridDiagnostic> Validate(TerraformObject config) =>
        [.. base.Validate(config), .. DeploymentRules.Check(config)];

    /// <summary>
    /// Terraform carries computed values over by list position; a vm keeps its own by name, wherever it moved.
    /// </summary>
    public override void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
        var configured = config.Blocks("vms").ToList();
        foreach (var (vm, index) in planned.Blocks("vms").Select((vm, index) => (vm, index)))
        {
            var before = prior.Blocks("vms").FirstOrDefault(old => old.Text("name") == vm.Text("name"));
            CarryOver(vm, before, index < configured.Count ? configured[index] : []);
        }
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

    public override TerraformObject? Read(TerraformObject state)
    {
        var world = store.Read();
        return world.Deployments.FirstOrDefault(d => d.Contract == ContractOf(state)) is { } deployment
            && Liveness.IsAlive(world, deployment)
            ? state
            : null;
    }

    public override TerraformObject Apply(TerraformObject planned)
    {
        var response = engine.Run(new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = ToSpec(planned) }).ThrowIfFailed();
        var result = response.Deployment ?? throw new InvalidOperationException("the engine returned no deployment");
        if (result.ProviderDies)
        {
            EndAbruptly();
        }

        planned["id"] = result.Contract.ToString(CultureInfo.InvariantCulture);
        planned["ip_range"] = result.IpRange;
        foreach (var vm in planned.Blocks("vms"))
        {
            Fill(vm, result.Vms.First(r => r.Name == vm.Text("name")));
        }

        return planned;
    }

    // As a crash or the kernel would: no answer, no clean-up.
    private static void EndAbruptly()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    public override void Delete(TerraformObject state)
    {
        var contract = ContractOf(state).ToString(CultureInfo.InvariantCulture);
        engine.Run(new EngineRequest(EngineRequest.DeleteDeployment) { Id = contract }).ThrowIfFailed();
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

    private static long ContractOf(TerraformObject state) =>
        long.TryParse(state.Text("id"), CultureInfo.InvariantCulture, out var contract) ? contract : 0;

    private static DeploymentSpec ToSpec(TerraformObject planned) => new()
    {
        Contract = planned.Text("id") is null ? null : ContractOf(planned),
        Node = (int)(planned.Whole("node") ?? 0),
        Name = planned.Text("name") ?? "vm",
        SolutionType = planned.Text("solution_type") ?? "",
        NetworkName = planned.Text("network_name") ?? "",
        Disks = [.. planned.Blocks("disks").Select(disk => new DiskSpec(disk.Text("name") ?? "", (int)(disk.Whole("size") ?? 1)))],
        Vms = [.. planned.Blocks("vms").Select(ToVm)],
    };

    private static VmSpec ToVm(TerraformObject vm) => new()
    {
        Name = vm.Text("name") ?? "",
        Flist = vm.Text("flist") ?? "",
        Entrypoint = vm.Text("entrypoint") ?? "",
        Cpu = (int)(vm.Whole("cpu") ?? 1),
        MemoryMb = vm.Whole("memory") ?? 0,
        RootfsMb = vm.Whole("rootfs_size") ?? 0,
        Ip = vm.Text("ip"),
        PublicIp = vm.Flag("publicip"),
        PublicIp6 = vm.Flag("publicip6"),
        MyceliumSeed = vm.Text("mycelium_ip_seed"),
        Environment = new SortedDictionary<string, string>(
            (vm.Map("env_vars") ?? []).ToDictionary(item => item.Key, item => item.Value as string ?? ""), StringComparer.Ordinal),
        Mounts = [.. vm.Blocks("mounts").Select(mount => new MountSpec(mount.Text("name") ?? "", mount.Text("mount_point") ?? ""))],
    };
}
