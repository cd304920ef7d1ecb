using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>Which disks and other storage a Terraform plan replaces or removes.</summary>
public static class StorageLosses
{
    public static IReadOnlyList<StorageLoss> Of(TerraformPlan plan) => [.. plan.Changes.SelectMany(Of)];

    private static IEnumerable<StorageLoss> Of(ResourceChange change) => change.StorageBefore
        .Where(storage => !IsPartOfMachine(change, storage))
        .Select(storage => LossOf(change, storage))
        .OfType<StorageLoss>();

    // A machine whose disk changes is replaced, and the plan names the machine itself.
    private static bool IsPartOfMachine(ResourceChange change, StorageBlock storage) =>
        storage.Kind == StorageBlock.Disk && change.MachinesBefore.Count > 0;

    private static StorageLoss? LossOf(ResourceChange change, StorageBlock storage)
    {
        StorageBlock? after = change.StorageAfter
            .FirstOrDefault(other => other.Kind == storage.Kind && other.Name == storage.Name);
        HostAction? action = after is null ? HostAction.Remove
            : change.Action == ResourceChange.Replace || after.Size < storage.Size ? HostAction.Replace
            : null;
        return action is { } lost ? new StorageLoss(change.Address, storage.Kind, storage.Name, lost) : null;
    }
}
