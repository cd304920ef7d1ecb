using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>
/// What Terraform plans, and the grid then refuses at apply, after other resources have been paid for. The provider's schema
/// checks none of it (docs/grid-fidelity.md).
/// </summary>
internal static class RefusedWorkloads
{
    /// <summary>One problem for each workload that would be refused; empty if there is none.</summary>
    public static IReadOnlyList<Diagnostic> Of(TerraformPlan plan) =>
        [.. plan.Changes.Where(change => change.Action != ResourceChange.Delete).SelectMany(Of)];

    private static IEnumerable<Diagnostic> Of(ResourceChange change)
    {
        if (change.Type is not (GridResourceType.Deployment or GridResourceType.Network))
        {
            yield break;
        }

        if (change.Name.Length > MachineLimits.LongestName)
        {
            yield return LongName(change, "its name", change.Name);
        }

        Part[] parts = [.. change.StorageAfter.Select(Storage), .. change.MachinesAfter.SelectMany(Machine)];
        foreach (Part part in parts.Where(part => part.Name.Length > MachineLimits.LongestName))
        {
            yield return LongName(change, part.What, part.Name);
        }

        foreach (IGrouping<string, Part> same in parts.Where(part => part.Name.Length > 0).GroupBy(part => part.Name))
        {
            if (same.Count() > 1)
            {
                yield return Refused(
                    change,
                    $"{string.Join(" and ", same.Select(part => part.What))} have one name, '{PlainText.Of(same.Key)}'",
                    "names are for machines, disks and public addresses together: give each one of its own");
            }
        }

        foreach (Diagnostic problem in change.MachinesAfter.Select(machine => SmallRoot(change, machine)).OfType<Diagnostic>())
        {
            yield return problem;
        }
    }

    private static Part Storage(StorageBlock storage) => new($"the {storage.Kind} '{PlainText.Of(storage.Name)}'", storage.Name);

    // A public address is a workload of its own, named after its machine.
    private static IEnumerable<Part> Machine(MachineBlock machine)
    {
        yield return new($"the machine '{PlainText.Of(machine.Name)}'", machine.Name);
        if (machine.Name.Length > 0 && (IsSet(machine, "publicip") || IsSet(machine, "publicip6")))
        {
            yield return new($"the public address of '{PlainText.Of(machine.Name)}'", $"{machine.Name}ip");
        }
    }

    private static Diagnostic? SmallRoot(ResourceChange change, MachineBlock machine)
    {
        long root = Number(machine, "rootfs_size");
        long cpus = Number(machine, "cpu");
        long memory = Number(machine, "memory");
        long least = MachineLimits.LeastRootMb(cpus, memory);
        return root == 0 || root >= least ? null : Refused(
            change,
            $"the machine '{PlainText.Of(machine.Name)}' with {cpus} CPUs and {memory} MB of memory has a root file system of {root} MB",
            $"ask for {least} MB or more");
    }

    private static Diagnostic LongName(ResourceChange change, string what, string name) => Refused(
        change,
        $"{what} '{PlainText.Of(name)}' has {name.Length} characters",
        $"a name has at most {MachineLimits.LongestName} on the grid: shorten it");

    private static Diagnostic Refused(ResourceChange change, string problem, string remedy) => Diagnostic.Error(
        TerraformCodes.WorkloadRefused,
        $"The grid would refuse {PlainText.Of(change.Address)}: {problem}.",
        $"{remedy}; nothing was created");

    private static bool IsSet(MachineBlock machine, string name) =>
        machine.Block.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static long Number(MachineBlock machine, string name) =>
        machine.Block.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) ? number : 0;

    private sealed record Part(string What, string Name);
}
