using System.Globalization;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// Which machines a Terraform plan creates, replaces and removes. A host is found in a resource by its addresses,
/// whatever the pattern calls it there.
/// </summary>
public static class HostChanges
{
    private const int MostReasons = 3;

    /// <param name="recorded">The machines of the record.</param>
    /// <param name="asked">The names of the machines that the request wants.</param>
    /// <param name="plan">What Terraform would do.</param>
    /// <param name="lost">The resources that are replaced because their machines are lost.</param>
    /// <param name="cancelled">The machines that an apply cancels where Terraform's state does not contain them.</param>
    public static IReadOnlyList<HostChange> Of(
        IReadOnlyList<RecordedHost> recorded,
        IReadOnlyList<string> asked,
        TerraformPlan plan,
        IReadOnlyList<LostResource> lost,
        IReadOnlyList<string> cancelled)
    {
        RecordedHost[] existing = [.. recorded.Where(host => host.Addresses.Count > 0)];
        IEnumerable<HostChange> created = plan.Changes.Count == 0 ? [] : asked
            .Where(name => existing.All(host => host.Name != name))
            .Select(name => new HostChange(name, HostAction.Create, "it does not exist yet"));
        IEnumerable<HostChange> changed = existing
            .Select(host => Of(host, asked.Contains(host.Name), plan, lost)
                ?? (cancelled.Contains(host.Name) ? OfUnknown(host, asked.Contains(host.Name), plan) : null))
            .OfType<HostChange>();
        return [.. created, .. changed];
    }

    private static HostChange? Of(
        RecordedHost host, bool isAsked, TerraformPlan plan, IReadOnlyList<LostResource> lost)
    {
        LostResource? loss = LossOf(host, plan, lost);
        string? reason = loss?.Reason
            ?? ReasonOf(host, plan)
            ?? (plan.Gone.Any(gone => IsOn(gone.Machine, host)) ? "Terraform does not find it any more" : null);
        return reason is null ? null
            : new HostChange(
                host.Name,
                isAsked ? HostAction.Replace : HostAction.Remove,
                isAsked ? reason : "it is no longer wanted")
            {
                LosesData = loss is not { IsGone: true } && WasUsed(host),
            };
    }

    // A resource whose contract the provider has set to 0 names no machine any more.
    private static LostResource? LossOf(RecordedHost host, TerraformPlan plan, IReadOnlyList<LostResource> lost)
    {
        string? resource = plan.Changes.FirstOrDefault(change => change.MachinesBefore.Any(machine => IsOn(machine, host)))?.Address
            ?? plan.Gone.Where(gone => IsOn(gone.Machine, host)).Select(gone => gone.Resource).FirstOrDefault();
        return resource is not null ? lost.FirstOrDefault(each => each.Resource == resource)
            : plan.Known.Any(machine => IsOn(machine, host)) ? null
            : lost.FirstOrDefault(each =>
                plan.Changes.Any(change => change.Address == each.Resource && change.MachinesBefore.Count == 0));
    }

    // After a restored or emptied state, for example: Terraform makes the machine again beside the old one.
    private static HostChange? OfUnknown(RecordedHost host, bool isAsked, TerraformPlan plan) =>
        plan.IsEmpty || !WasUsed(host) || plan.Known.Any(machine => IsOn(machine, host)) ? null
            : new HostChange(
                host.Name,
                isAsked ? HostAction.Replace : HostAction.Remove,
                "it is not in Terraform's state, and contracts that are not in the state are cancelled")
            {
                LosesData = true,
            };

    // Its wait succeeded, or the app was installed on it. An apply that replaces a machine clears both.
    private static bool WasUsed(RecordedHost host) => host.SshAddress is not null || host.AppInputs is not null;

    private static string? ReasonOf(RecordedHost host, TerraformPlan plan)
    {
        ResourceChange? change =
            plan.Changes.FirstOrDefault(change => change.MachinesBefore.Any(machine => IsOn(machine, host)));
        return change?.Action switch
        {
            ResourceChange.Delete => $"{change.Address} is removed",
            ResourceChange.Replace => Because(change, Causes(host, change)),
            ResourceChange.Update => AfterOf(host, change) is null ? $"{change.Address} no longer contains it" : null,
            _ => null,
        };
    }

    // What differs in the machine itself and in the resource around it; else what differs in another machine of it.
    private static IReadOnlyList<AttributeChange> Causes(RecordedHost host, ResourceChange change)
    {
        AttributeChange[] known = [.. change.Attributes.Where(attribute => !attribute.After.StartsWith('('))];
        AttributeChange[] own =
        [
            .. AfterOf(host, change) is { } after ? MachineDifferences.Of(BeforeOf(host, change), after) : [],
            .. known.Where(attribute => !TerraformPlanReader.IsOfMachine(attribute)),
        ];
        return own.Length > 0 ? own : known;
    }

    private static MachineBlock BeforeOf(RecordedHost host, ResourceChange change) =>
        change.MachinesBefore.First(machine => IsOn(machine, host));

    private static MachineBlock? AfterOf(RecordedHost host, ResourceChange change) =>
        change.MachinesAfter.FirstOrDefault(machine => machine.Name == BeforeOf(host, change).Name);

    private static string Because(ResourceChange change, IReadOnlyList<AttributeChange> attributes) =>
        attributes.Count == 0
            ? $"{change.Address} is replaced"
            : string.Join(", ", attributes.Take(MostReasons).Select(Short));

    // Texts may be long, and values of an environment may be secret.
    private static string Short(AttributeChange attribute) =>
        double.TryParse(attribute.After, CultureInfo.InvariantCulture, out _)
            ? $"{attribute.Path} {attribute.Before} -> {attribute.After}"
            : $"{attribute.Path} changes";

    internal static bool IsOn(MachineBlock machine, RecordedHost host) =>
        machine.Addresses.Any(ip => host.Addresses.Any(address => address.Ip == ip));
}
