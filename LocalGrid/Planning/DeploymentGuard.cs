using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// The engine runs as root for callers who are not root. Names become parts of paths and arguments of programs, so everything
/// in a request is checked first, whether a provider of ours wrote it or not.
/// </summary>
internal static class DeploymentGuard
{
    // As many as a /24 has addresses for machines.
    private const int MostOfEach = 253;

    private const int LargestDiskGb = 10 * 1024;

    public static void Check(DeploymentSpec spec)
    {
        if (!Words.IsLine(spec.Name) || !Words.IsLine(spec.SolutionType) || !Words.IsLine(spec.NetworkName))
        {
            throw Bad("name", "a name of the deployment is too long or has control characters", "name");
        }

        if (!MachineProfile.IsKnown(spec.Profile))
        {
            throw Bad("profile", $"{Words.Shown(spec.Profile)} is no profile of machines");
        }

        if (spec.Vms.Count > MostOfEach || spec.Disks.Count > MostOfEach)
        {
            throw Bad("deployment", $"{spec.Vms.Count} vms and {spec.Disks.Count} disks: at most {MostOfEach} of each", "vms");
        }

        CheckDisks(spec);
        for (int i = 0; i < spec.Vms.Count; i++)
        {
            if (spec.Vms[i] is not { } vm)
            {
                throw Bad("vms", "one is null", "vms", i);
            }

            CheckName(vm.Name, "vms", i);
            MachineGuard.Check(vm, spec, i);
        }

        WorkloadRules.Check(spec);
    }

    private static void CheckDisks(DeploymentSpec spec)
    {
        for (int i = 0; i < spec.Disks.Count; i++)
        {
            if (spec.Disks[i] is not { } disk)
            {
                throw Bad("disks", "one is null", "disks", i);
            }

            CheckName(disk.Name, "disks", i);
            if (disk.SizeGb is < 1 or > LargestDiskGb)
            {
                throw Bad("size", $"disk {disk.Name} has {disk.SizeGb} GB: 1 to {LargestDiskGb}", "disks", i, "size");
            }
        }
    }

    private static void CheckName(string? name, string blocks, int index)
    {
        if (name is not { Length: > 0 } || ValueChecks.Name("name", name) is not null)
        {
            throw Bad(
                "name",
                $"\"{Words.Shown(name)}\" must only include alphanumeric and underscore characters",
                blocks, index, "name");
        }
    }

    private static GridException Bad(string what, string problem, params object[] path) => new($"Invalid {what}", problem, path);
}
