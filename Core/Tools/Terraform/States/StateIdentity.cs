using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// Whether a Terraform state is a deployment's own: of the recorded lineage, and without another deployment's tag. With
/// another deployment's state, <c>down</c> would destroy that deployment's machines.
/// </summary>
public sealed class StateIdentity(DeploymentRecord record, DeploymentFolder folder)
{
    private const string TagAttribute = "solution_type";
    private static readonly string Tag = GridContract.TagOf("");

    /// <summary>
    /// Whether the record knows machines but there is no state on this machine. A state that Terraform could not store counts
    /// as one, because it is restored. A state in a backend is not checked here: only Terraform can read it.
    /// </summary>
    public bool IsLost =>
        !BackendFile.IsIn(folder.Terraform)
            && record.KnowsMachines()
            && LocalState.ReadNext(folder).Length == 0;

    /// <summary>
    /// Throws if the state on this machine is another deployment's. An unreadable state is left to the code that uses it.
    /// </summary>
    public void Require()
    {
        if (!BackendFile.IsIn(folder.Terraform))
        {
            Require(LocalState.ReadNext(folder));
        }
    }

    public void Require(string text)
    {
        if (text.Length > 0 && !IsPlainlyOwn(text) && TryParse(text) is { } state)
        {
            Require(state);
        }
    }

    public void Require(StateText state)
    {
        if (ForeignBecause(record, record.StateLineage, state) is { } why)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.ForeignState,
                $"The Terraform state in {Place} is not that of {record.Name} ({record.Id}): {why}.",
                Remedy());
        }
    }

    public bool IsForeign(string text) =>
        !IsPlainlyOwn(text)
            && TryParse(text) is { } state
            && ForeignBecause(record, record.StateLineage, state) is not null;

    /// <summary>The same without parsing, for an <c>up</c> that has nothing to do. False is inconclusive.</summary>
    public bool IsPlainlyOwn(string text) =>
        record.StateLineage is { Length: > 0 } lineage
            && text.Contains($"\"{lineage}\"", StringComparison.Ordinal)
            && HasOnlyOwnTags(text);

    /// <summary>Why a state is another deployment's, or null.</summary>
    /// <param name="record">The deployment.</param>
    /// <param name="lineage">What the state's lineage should be; null or empty if unknown.</param>
    /// <param name="state">The state.</param>
    public static string? ForeignBecause(DeploymentRecord record, string? lineage, StateText state) =>
        TagsIn(state.Json).FirstOrDefault(id => id != record.Id) is { } other
            ? $"it holds contracts of the deployment {other}"
        : lineage is { Length: > 0 } && !state.IsEmpty && state.Lineage != lineage
            ? $"its lineage is {(state.Lineage.Length > 0 ? state.Lineage : "empty")}, but this deployment's is {lineage}"
        : SharesNoContract(record, state) ? "none of its contracts is recorded for this deployment"
        : null;

    /// <summary>The deployment that the state on this machine names in place of the folder's, or null.</summary>
    public static string? OtherOwnerIn(DeploymentFolder folder) =>
        TryParse(LocalState.Read(folder)) is { } state
            ? TagsIn(state.Json).FirstOrDefault(id => id != folder.Id)
            : null;

    /// <summary>Whether the state's tags are the deployment's, and only its.</summary>
    public static bool IsTagged(DeploymentRecord record, StateText state)
    {
        string[] tags = [.. TagsIn(state.Json).Distinct()];
        return tags is [var only] && only == record.Id;
    }

    // The last resort if an older version recorded no lineage and the pattern sets no tag. Only for a running deployment: an
    // apply that was cut short leaves contracts that are not recorded.
    private static bool SharesNoContract(DeploymentRecord record, StateText state)
    {
        if (record is not { StateLineage: null, Status: DeploymentStatus.Running, Contracts.Count: > 0 }
            || IsTagged(record, state))
        {
            return false;
        }

        IReadOnlyList<RecordedContract> inState = TerraformContracts.Of(state);
        return inState.Count > 0 && !inState.Any(contract => record.Contracts.Any(known => known.Id == contract.Id));
    }

    private bool HasOnlyOwnTags(string text)
    {
        string any = $"\"{Tag}", own = $"\"{GridContract.TagOf(record.Id)}\"";
        int at = text.IndexOf(any, StringComparison.Ordinal);
        while (at >= 0)
        {
            if (string.CompareOrdinal(text, at, own, 0, own.Length) != 0)
            {
                return false;
            }

            at = text.IndexOf(any, at + any.Length, StringComparison.Ordinal);
        }

        return true;
    }

    /// <summary>The state, or null if the text is not one.</summary>
    public static StateText? TryParse(string text)
    {
        try
        {
            return StateText.OfPull(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> TagsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => TagOf(member) is { } id ? [id] : TagsIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TagsIn),
        _ => [],
    };

    private static string? TagOf(JsonProperty member) =>
        member.NameEquals(TagAttribute)
            && member.Value.ValueKind == JsonValueKind.String
            && member.Value.GetString() is { } text
            && text.StartsWith(Tag, StringComparison.Ordinal)
            ? text[Tag.Length..]
            : null;

    private string Place => BackendFile.IsIn(folder.Terraform) ? folder.Terraform : LocalState.Next(folder);

    private string Remedy()
    {
        string restore = $"restore its own state: `tfgrid-compose state list {record.Id}`, then "
            + $"`tfgrid-compose state restore N {record.Id}`";
        return BackendFile.IsIn(folder.Terraform)
            ? $"check which database, account or endpoint the environment names; or {restore}"
            : $"{restore}. Without a backup, move {Place} away: `tfgrid-compose down {record.Id}` "
                + "then ends the contracts that are recorded";
    }
}
