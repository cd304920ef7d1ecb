using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>What differs in a machine's block that its node is told. A node changes nothing of a machine that exists.</summary>
internal static class MachineDifferences
{
    private const string Address = "ip";

    // Set by the grid, or kept in Terraform's state only.
    private static readonly string[] Untold =
    [
        "computedip",
        "computedip6",
        "mycelium_ip",
        "planetary_ip",
        "console_url",
        "flist_checksum",
    ];

    public static IReadOnlyList<AttributeChange> Of(MachineBlock before, MachineBlock after) =>
    [
        .. PlanDifferences.Between(before.Block, after.Block)
            .Where(attribute => !Untold.Contains(attribute.Path) && !IsUnknownAddress(attribute, after)),
    ];

    // The grid chooses it, unless the pattern does.
    private static bool IsUnknownAddress(AttributeChange attribute, MachineBlock after) =>
        attribute.Path == Address
            && !(after.Block.TryGetProperty(Address, out JsonElement address) && address.GetString() is { Length: > 0 });
}
