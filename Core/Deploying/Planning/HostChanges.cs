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

    // Set by the grid; these follow from the rest of a machine's block.
    private static readonly string[] Computed =
    [
        "ip",
        "computedip",
        "computedip6",
        "mycelium_ip",
        "planetary_ip",
        "console_url",
    ];

    /// <param name="recorded">The machines of the record.</param>
    /// <param name="asked">The names of the machines that the request wants.</param>
    /// <param name="plan">What Terraform would do.</param>
    public static IReadOnlyList<HostChange> Of(
        IReadOnlyList<RecordedHost> recorded, IReadOnlyList<string> asked, TerraformPlan plan)
    {
        RecordedHost[] existing = [.. recorded.Where(host => host.Addresses.Count > 0)];
        IEnumerable<HostChange> created = plan.Changes.Count == 0 ? [] : asked
            .Where(name => existing.All(host => host.Name != name))
            .Select(name => new HostChange(name, HostAction.Create, "it does not exist yet"));
        return [.. created, .. existing.Select(host => Of(host, asked.Contains(host.Name), plan)).OfType<HostChange>()];
    }

    private static HostChange? Of(RecordedHost host, bool isAsked, TerraformPlan plan)
    {
        if (ReasonOf(host, plan) is { } reason)
        {
            return new HostChange(
                host.Name,
                isAsked ? HostAction.Replace : HostAction.Remove,
                isAsked ? reason : "it is no longer wanted");
        }

        return null;
    }

    private static string? ReasonOf(RecordedHost host, TerraformPlan plan)
    {
        if (plan.Gone.Any(machine => IsOn(machine, host)))
        {
            return "it is gone from the grid";
        }

        ResourceChange? change =
            plan.Changes.FirstOrDefault(change => change.MachinesBefore.Any(machine => IsOn(machine, host)));
        return change?.Action switch
        {
            ResourceChange.Delete => $"{change.Address} is removed",
            ResourceChange.Replace =>
                Because(change, [.. change.Attributes.Where(attribute => !attribute.After.StartsWith('('))]),
            ResourceChange.Update => Rebuilt(host, change),
            _ => null,
        };
    }

    // A machine is rebuilt if anything it is made from differs, including its disks; others in the same resource stay.
    private static string? Rebuilt(RecordedHost host, ResourceChange change)
    {
        MachineBlock before = change.MachinesBefore.First(machine => IsOn(machine, host));
        MachineBlock? after = change.MachinesAfter.FirstOrDefault(machine => machine.Name == before.Name);
        if (after is null)
        {
            return $"{change.Address} no longer contains it";
        }

        AttributeChange[] own =
        [
            .. PlanDifferences.Between(before.Block, after.Block)
                .Where(attribute => !Computed.Contains(attribute.Path)),
            .. change.Attributes.Where(attribute => attribute.Path.StartsWith("disks", StringComparison.Ordinal)),
        ];
        return own.Length == 0 ? null : Because(change, own);
    }

    private static string Because(ResourceChange change, IReadOnlyList<AttributeChange> attributes) =>
        attributes.Count == 0
            ? $"{change.Address} is replaced"
            : string.Join(", ", attributes.Take(MostReasons).Select(Short));

    // Texts may be long, and values of an environment may be secret.
    private static string Short(AttributeChange attribute) =>
        double.TryParse(attribute.After, CultureInfo.InvariantCulture, out _)
            ? $"{attribute.Path} {attribute.Before} -> {attribute.After}"
            : $"{attribute.Path} changes";

    private static bool IsOn(MachineBlock machine, RecordedHost host) =>
        machine.Addresses.Any(ip => host.Addresses.Any(address => address.Ip == ip));
}
