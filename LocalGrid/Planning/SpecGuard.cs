using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// The engine runs as root for callers who are not root, so it checks everything that becomes part of a path or a command.
/// </summary>
internal static class SpecGuard
{
    public static void Check(DeploymentSpec spec)
    {
        foreach (string name in spec.Vms.Select(vm => vm.Name).Concat(spec.Disks.Select(disk => disk.Name)))
        {
            if (name.Length == 0 || ValueChecks.Name("name", name) is not null)
            {
                throw new GridException(
                    "Invalid name", $"\"{name}\" must only include alphanumeric and underscore characters");
            }
        }

        foreach (MountSpec mount in spec.Vms.SelectMany(vm => vm.Mounts))
        {
            if (!mount.Path.StartsWith('/') || spec.Disks.All(disk => disk.Name != mount.Disk))
            {
                throw new GridException(
                    "Invalid mount", $"{mount.Disk} at {mount.Path} is not a disk of this deployment at an absolute path");
            }
        }
    }
}
