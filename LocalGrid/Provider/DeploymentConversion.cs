using System.Globalization;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>Turns a planned grid_deployment into a request to the engine.</summary>
internal static class DeploymentConversion
{
    /// <summary>Null: the deployment is new.</summary>
    public static long? ContractOf(TerraformObject state) => state.Text("id") is not { } id ? null
        : long.TryParse(id, CultureInfo.InvariantCulture, out long contract) ? contract : 0;

    /// <param name="planned">What Terraform wants.</param>
    /// <param name="profile">What new machines are like.</param>
    public static DeploymentSpec ToSpec(TerraformObject planned, string profile) => new()
    {
        Profile = profile,
        Contract = ContractOf(planned),
        Node = (int)(planned.Whole("node") ?? 0),
        Name = planned.Text("name") ?? "vm",
        SolutionType = planned.Text("solution_type") ?? "",
        NetworkName = planned.Text("network_name") ?? "",
        Disks = [.. planned.Blocks("disks").Select(ToDisk)],
        Vms = [.. planned.Blocks("vms").Select(ToVm)],
    };

    private static DiskSpec ToDisk(TerraformObject disk) => new(disk.Text("name") ?? "", (int)(disk.Whole("size") ?? 1));

    private static VmSpec ToVm(TerraformObject vm) => new()
    {
        Name = vm.Text("name") ?? "",
        Flist = vm.Text("flist") ?? "",
        Entrypoint = vm.Text("entrypoint") ?? "",
        Description = vm.Text("description") is { Length: > 0 } description ? description : null,
        Cpu = (int)(vm.Whole("cpu") ?? 1),
        MemoryMb = vm.Whole("memory") ?? 0,
        RootfsMb = vm.Whole("rootfs_size") ?? 0,
        Ip = vm.Text("ip"),
        PublicIp = vm.Flag("publicip"),
        PublicIp6 = vm.Flag("publicip6"),
        MyceliumSeed = vm.Text("mycelium_ip_seed"),
        Environment = ToEnvironment(vm.Map("env_vars") ?? []),
        Mounts = [.. vm.Blocks("mounts").Select(mount => new MountSpec(mount.Text("name") ?? "", mount.Text("mount_point") ?? ""))],
    };

    private static SortedDictionary<string, string> ToEnvironment(TerraformObject values) =>
        new(values.ToDictionary(item => item.Key, item => item.Value as string ?? ""), StringComparer.Ordinal);
}
