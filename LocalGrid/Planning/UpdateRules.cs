using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// What a node does not change in a deployment, in the words of the grid client and of zos: only networks, disks, volumes,
/// zdbs and qsfs can be updated, and no disk that a machine has mounted. Machines can be added and taken away.
/// https://github.com/threefoldtech/zos/blob/d7a62609/pkg/provision/engine.go (Update),
/// https://github.com/threefoldtech/zos/blob/d7a62609/pkg/primitives/zmount/zmount.go (Update),
/// https://github.com/threefoldtech/tfgrid-sdk-go/blob/10e7b39/grid-client/deployer/deployer.go (Validate, deploy).
/// </summary>
internal static class UpdateRules
{
    private const string Machine = "zmachine";
    private const string PublicIp = "ip";

    /// <param name="before">The deployment as it is; one without contents is new.</param>
    /// <param name="spec">What is wanted.</param>
    public static void Check(DeploymentRecord before, DeploymentSpec spec)
    {
        if (spec.Contract is null)
        {
            return;
        }

        CheckPublicIps(before, spec);
        foreach (VmSpec vm in spec.Vms)
        {
            if (before.Vms.FirstOrDefault(old => old.Name == vm.Name) is { } old && RefusedIn(before, spec, vm, old) is { } workload)
            {
                throw Refused(
                    $"failed to send deployment update request to node {before.Node}: "
                        + $"workload '{workload}' does not support upgrade: upgrade validation error",
                    "vms", spec.Vms.IndexOf(vm));
            }
        }

        foreach (DiskSpec disk in spec.Disks)
        {
            if (before.Disks.FirstOrDefault(old => old.Name == disk.Name) is { } old && ProblemOf(before, old, disk) is { } problem)
            {
                throw Refused(
                    $"error waiting deployment: workload {disk.Name} within deployment {before.Contract} was not updated: {problem}",
                    "disks", spec.Disks.IndexOf(disk));
            }
        }
    }

    private static void CheckPublicIps(DeploymentRecord before, DeploymentSpec spec)
    {
        int current = before.Vms.Count(vm => vm.PublicIp is not null);
        int requested = spec.Vms.Count(vm => vm.PublicIp);
        if (requested > current)
        {
            throw Refused(
                "currently, it's not possible to increase the number of reserved public ips in a deployment, "
                    + $"node: {before.Node}, current: {current}, requested: {requested}",
                "vms");
        }
    }

    // A machine and its public addresses are two workloads. The machine's one names the other.
    private static string? RefusedIn(DeploymentRecord before, DeploymentSpec spec, VmSpec vm, VmRecord old)
    {
        bool hadIps = old.PublicIp is not null || old.PublicIp6 is not null;
        bool hasIps = vm.PublicIp || vm.PublicIp6;
        bool sameIps = vm.PublicIp == old.PublicIp is not null && vm.PublicIp6 == old.PublicIp6 is not null;
        return hadIps && hasIps && !sameIps ? PublicIp
            : hadIps != hasIps || IsOtherAddress(vm, old) || IsOther(before, spec, vm, old) ? Machine
            : null;
    }

    private static bool IsOtherAddress(VmSpec vm, VmRecord old) => vm.Ip is { Length: > 0 } wanted && wanted != old.Ip;

    // With the sizes that the disks had: those are workloads of their own.
    private static bool IsOther(DeploymentRecord before, DeploymentSpec spec, VmSpec vm, VmRecord old)
    {
        DiskSpec[] disks =
        [
            .. spec.Disks.Select(disk => before.Disks.FirstOrDefault(each => each.Name == disk.Name) is { } known
                ? disk with { SizeGb = known.SizeGb }
                : disk),
        ];
        return SpecHash.Of(spec with { Disks = [.. disks] }, vm, old) != old.SpecHash;
    }

    private static string? ProblemOf(DeploymentRecord before, DiskRecord old, DiskSpec disk) =>
        disk.SizeGb < old.SizeGb ? "not safe to shrink a disk"
        : disk.SizeGb > old.SizeGb && IsMounted(before, disk.Name) ? "disk is mounted, please delete the VM first"
        : null;

    // An older build did not record mounts.
    private static bool IsMounted(DeploymentRecord deployment, string disk) =>
        deployment.Vms.Any(vm => vm.Mounts is null || vm.Mounts.Any(mount => mount.Disk == disk));

    private static GridException Refused(string problem, params object[] path) =>
        new("couldn't update deployment with error", problem, path);
}
