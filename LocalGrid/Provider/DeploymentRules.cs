using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>Rules for a deployment that the schema cannot express, and what the local grid cannot do.</summary>
internal static class DeploymentRules
{
    private const int MyceliumSeedBytes = 6;

    private static readonly string[] UnsimulatedParts = ["zdbs", "qsfs"];
    private static readonly string[] UnsimulatedLists = ["gpus", "zlogs"];
    private static readonly string[] UnsimulatedOptions = ["planetary", "corex"];

    public static IEnumerable<GridDiagnostic> Check(TerraformObject config) =>
    [
        .. CheckNode(config),
        .. UnsimulatedParts.Where(name => config.Items(name).Count > 0).Select(name => NotSimulated.Part(name, name, 0)),
        .. config.Items("vms").SelectMany((vm, index) => vm is TerraformObject block ? CheckVm(config, block, index) : []),
    ];

    private static IEnumerable<GridDiagnostic> CheckNode(TerraformObject config)
    {
        if (config.GetValueOrDefault("node") is TerraformNumber node && GridCatalog.Find(node.AsLong) is null)
        {
            yield return NodeRules.Unknown(node, "node");
        }

        if (config.Items("vms").Count > 0 && config.GetValueOrDefault("network_name") is null or "")
        {
            yield return GridDiagnostic.Error(
                "Missing network_name", "vms need a network: set network_name = grid_network.NAME.name", "network_name");
        }
    }

    private static IEnumerable<GridDiagnostic> CheckVm(TerraformObject config, TerraformObject vm, int index)
    {
        foreach (string name in UnsimulatedLists.Where(name => vm.Items(name).Count > 0).Concat(UnsimulatedOptions.Where(vm.Flag)))
        {
            yield return NotSimulated.Part(name, "vms", index, name);
        }

        if (vm.GetValueOrDefault("memory") is null)
        {
            yield return GridDiagnostic.Error(
                "Missing memory", "a vm needs memory: between 256 and 262144 MB", "vms", index);
        }

        if (vm.Text("mycelium_ip_seed") is { Length: > 0 } seed && !Hex.IsOf(seed, MyceliumSeedBytes))
        {
            yield return GridDiagnostic.Error(
                "Invalid mycelium_ip_seed",
                $"must be {MyceliumSeedBytes} bytes in hex, got \"{seed}\"",
                "vms", index, "mycelium_ip_seed");
        }

        foreach (GridDiagnostic problem in CheckMounts(config, vm, index))
        {
            yield return problem;
        }
    }

    private static IEnumerable<GridDiagnostic> CheckMounts(TerraformObject config, TerraformObject vm, int index)
    {
        var disks = config.Blocks("disks").Select(disk => disk.GetValueOrDefault("name")).ToList();
        var mounts = vm.Blocks("mounts").ToList();
        for (int i = 0; i < mounts.Count; i++)
        {
            // It may be a disk whose name is not known yet.
            if (mounts[i].Text("name") is { } name && !disks.Contains(name) && !disks.Any(disk => disk is UnknownValue))
            {
                yield return GridDiagnostic.Error(
                    "Unknown disk", $"the deployment has no disk \"{name}\"", "vms", index, "mounts", i, "name");
            }

            if (mounts[i].Text("mount_point") is { } point && MountPoint.Problem(point) is { } problem)
            {
                yield return GridDiagnostic.Error(
                    "Invalid mount_point",
                    problem,
                    "vms", index, "mounts", i, "mount_point");
            }
        }
    }
}
