using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>Keeps another deployment's state out: the next <c>down</c> would cancel that one's contracts.</summary>
internal static class StateOwner
{
    private const string Tag = "tfc/";
    private const string Attribute = "solution_type";

    public static void Require(DeploymentRecord record, StateText current, StateText pushed)
    {
        if (OwnersIn(pushed.Json).FirstOrDefault(id => id != record.Id) is { } other)
        {
            throw Refused(record, $"it holds contracts of the deployment {other}");
        }

        if (!current.IsEmpty && !pushed.IsEmpty && current.Lineage.Length > 0 && pushed.Lineage != current.Lineage)
        {
            throw Refused(
                record,
                $"its lineage is {(pushed.Lineage.Length > 0 ? pushed.Lineage : "empty")}, "
                    + $"and this deployment's is {current.Lineage}");
        }
    }

    private static IEnumerable<string> OwnersIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => OwnerOf(member) is { } id ? [id] : OwnersIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(OwnersIn),
        _ => [],
    };

    private static string? OwnerOf(JsonProperty member) =>
        member.NameEquals(Attribute)
            && member.Value.ValueKind == JsonValueKind.String
            && member.Value.GetString() is { } text
            && text.StartsWith(Tag, StringComparison.Ordinal)
            ? text[Tag.Length..]
            : null;

    private static DiagnosticException Refused(DeploymentRecord record, string why) => new(
        ExitCode.Conflict,
        SharedStateCodes.OtherDeployment,
        $"This is not the state of {record.Name} ({record.Id}): {why}. Nothing was written.",
        $"give one that `tfgrid-compose state pull {record.Id}` wrote, or a kept one: "
            + $"tfgrid-compose state list {record.Id}");
}
