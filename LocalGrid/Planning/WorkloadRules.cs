using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// What the grid client and zos refuse at apply, before there is a contract, in their words: tfgrid-sdk-go/grid-client/workloads
/// (Validate) and zosbase/pkg/gridtypes (Deployment.Valid, IsValidName). The real schema checks none of it.
/// </summary>
internal static class WorkloadRules
{
    private const int LongestName = 36;
    private const string Reserved = "ygg";

    public static void Check(DeploymentSpec spec)
    {
        string verb = spec.Contract is null ? "deploy" : "update";
        string? problem = Resource(spec) ?? Workloads(spec);
        if (problem is not null)
        {
            throw new GridException($"couldn't {verb} deployment with error: invalid deployment: {problem}", "");
        }
    }

    public static void Check(NetworkSpec spec)
    {
        string? problem = After("network name is invalid", NameProblem(spec.Name))
            ?? (spec.Nodes.Count == 0 ? $"number of nodes in znet: {spec.Name}, should be nonzero positive number" : null)
            ?? KeyProblem(spec)
            ?? (spec.Name == Reserved ? ReservedProblem(spec.Name) : null);
        if (problem is not null)
        {
            throw new GridException(problem, "");
        }
    }

    private static string? Resource(DeploymentSpec spec) =>
        After("deployment name is invalid", NameProblem(spec.Name))
        ?? (spec.Vms.Count > 0
            ? After("you passed vm/vms in the deployment but network name is invalid", NameProblem(spec.NetworkName))
            : null)
        ?? spec.Vms.Select(vm => After($"vm '{vm.Name}' is invalid", Machine(vm))).FirstOrDefault(problem => problem is not null)
        ?? spec.Disks
            .Select(disk => After($"disk '{disk.Name}' is invalid: disk name is invalid", NameProblem(disk.Name)))
            .FirstOrDefault(problem => problem is not null);

    private static string? Machine(VmSpec vm) =>
        After("virtual machine name is invalid", NameProblem(vm.Name))
        ?? (Path.GetExtension(vm.Flist) is ".flist" or ".fl"
            ? null
            : $"flist is invalid: flist: '{Words.Shown(vm.Flist)}' is invalid, should have a valid flist extension")
        ?? vm.Mounts
            .Select(mount => After("invalid mount: mount name is invalid", NameProblem(mount.Disk)))
            .FirstOrDefault(problem => problem is not null);

    // Disks, machines and their public addresses are workloads of one list, in this order.
    private static string? Workloads(DeploymentSpec spec)
    {
        var names = new HashSet<string>();
        foreach ((string name, VmSpec? vm) in spec.Disks.Select(disk => (disk.Name, (VmSpec?)null)).Concat(spec.Vms.SelectMany(Parts)))
        {
            string? problem = After($"name '{name}' is invalid", NameProblem(name))
                ?? (name == Reserved ? ReservedProblem(name) : null)
                ?? (names.Add(name) ? null : $"multiple workloads with the same name '{name}'")
                ?? (vm is null ? null : RootProblem(vm));
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, VmSpec? Vm)> Parts(VmSpec vm) => vm.PublicIp || vm.PublicIp6
        ? [($"{vm.Name}ip", null), (vm.Name, vm)]
        : [(vm.Name, vm)];

    private static string? RootProblem(VmSpec vm)
    {
        long least = RootFileSystem.LeastMb(vm.Cpu, vm.MemoryMb);
        return vm.RootfsMb == 0 || vm.RootfsMb >= least
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"disk size can't be less that {least * GridCatalog.MiB}. Set to 0 for minimum");
    }

    private static string? KeyProblem(NetworkSpec spec) => spec.MyceliumKeys.Keys
        .Where(node => !spec.Nodes.Contains(int.TryParse(node, CultureInfo.InvariantCulture, out int id) ? id : 0))
        .Select(node => $"invalid node {node} for mycelium key, must be included in the network nodes [{string.Join(' ', spec.Nodes)}]")
        .FirstOrDefault();

    private static string? NameProblem(string name) =>
        name.Length == 0 ? "name cannot be empty"
            : name.Length > LongestName ? $"name cannot exceed {LongestName} characters"
            : ValueChecks.Name("name", name) is not null ? "unsupported character in workload name"
            : null;

    private static string ReservedProblem(string name) => $"name '{name}' is invalid: invalid name '{name}' is reserved";

    private static string? After(string what, string? problem) => problem is null ? null : $"{what}: {problem}";
}
