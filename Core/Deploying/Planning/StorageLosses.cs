using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>Which disks and other storage a Terraform plan replaces or removes.</summary>
public static class StorageLosses
{
    /// <param name="plan">What Terraform would do.</param>
    /// <param name="losing">The machines that lose data.</param>
    public static IReadOnlyList<StorageLoss> Of(TerraformPlan plan, IReadOnlyList<RecordedHost> losing) =>
        [.. plan.Changes.SelectMany(change => Of(change, losing))];

    private static IEnumerable<StorageLoss> Of(ResourceChange change, IReadOnlyList<RecordedHost> losing) => change.StorageBefore
        .Where(storage => storage.Kind != StorageBlock.Disk || MayBeUsed(change, losing))
        .Select(storage => LossOf(change, storage))
        .OfType<StorageLoss>();

    // A disk is empty as long as nobody has used the machines beside it.
    private static bool MayBeUsed(ResourceChange change, IReadOnlyList<RecordedHost> losing) =>
        change.MachinesBefore.Count == 0
            || change.MachinesBefore.Any(machine => losing.Any(host => HostChanges.IsOn(machine, host)));

    private static StorageLoss? LossOf(ResourceChange change, StorageBlock storage)
    {
        StorageBlock? after = change.StorageAfter
            .FirstOrDefault(other => other.Kind == storage.Kind && other.Name == storage.Name);
        HostAction? action = after is null ? HostAction.Remove
            : change.Action == ResourceChange.Replace ? HostAction.Replace
            : null;
        return action is { } lost ? new StorageLoss(change.Address, storage.Kind, storage.Name, lost) : null;
    }
}
