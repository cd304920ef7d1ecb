using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// The updates in a Terraform plan that the grid refuses, so that the resource has to be replaced. The provider plans every
/// change in place, but a node changes no machine that exists, shrinks no storage, and grows no disk that is mounted.
/// https://github.com/threefoldtech/zos/blob/d7a62609/pkg/provision/engine.go (Update).
/// </summary>
public static class RefusedUpdates
{
    // On another node or in another network, the machines are other ones.
    private static readonly string[] Places = ["node", "network_name"];

    // The machines of a network would lose it.
    private static readonly string[] NetworkIdentity = ["name", "ip_range"];

    /// <summary>The addresses of these resources, each once.</summary>
    public static IReadOnlyList<string> In(TerraformPlan plan)
    {
        ResourceChange[] existing =
            [.. plan.Changes.Concat(plan.Unchanged).Where(each => each.Action is ResourceChange.Update or ResourceChange.Keep)];
        HashSet<string> lost = [.. plan.Changes.Where(IsLostNetwork).Select(network => network.Network)];
        return
        [
            .. existing.Where(each => IsLostNetwork(each)
                    || (each.MachinesBefore.Count > 0 && lost.Contains(each.Network))
                    || (each.Action == ResourceChange.Update && IsRefused(each)))
                .Select(each => each.Address)
                .Distinct(),
        ];
    }

    private static bool IsLostNetwork(ResourceChange change) => change.Type == GridResourceType.Network
        && (change.Action == ResourceChange.Replace
            || (change.Action == ResourceChange.Update && Changes(change, NetworkIdentity)));

    private static bool IsRefused(ResourceChange change) =>
        ((change.MachinesBefore.Count > 0 || change.StorageBefore.Count > 0) && Changes(change, Places))
            || change.MachinesBefore.Any(machine => IsRefused(change, machine))
            || change.StorageBefore.Any(storage => IsRefused(change, storage));

    private static bool IsRefused(ResourceChange change, MachineBlock machine) =>
        change.MachinesAfter.FirstOrDefault(other => other.Name == machine.Name) is { } after
            && MachineDifferences.Of(machine, after).Count > 0;

    private static bool IsRefused(ResourceChange change, StorageBlock storage) =>
        change.StorageAfter.FirstOrDefault(other => other.Kind == storage.Kind && other.Name == storage.Name) is { } after
            && (after.Size < storage.Size || (after.Size > storage.Size && IsMounted(change, storage)));

    private static bool IsMounted(ResourceChange change, StorageBlock storage) =>
        storage.Kind == StorageBlock.Disk && change.MachinesBefore.Any(machine => machine.Mounts.Contains(storage.Name));

    private static bool Changes(ResourceChange change, string[] attributes) =>
        change.Attributes.Any(attribute => attributes.Contains(attribute.Path));
}
