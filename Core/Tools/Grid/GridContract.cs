using System.Text.Json;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>A contract as GridProxy describes it.</summary>
/// <param name="Id">Its number on the grid.</param>
/// <param name="TwinId">Who pays.</param>
/// <param name="State">Created, GracePeriod or Deleted.</param>
/// <param name="Type">node, name or rent.</param>
/// <param name="NodeId">The node; 0 for a name contract.</param>
/// <param name="Workload">The kind in its deployment data, for example vm or network; empty if there is none.</param>
/// <param name="Project">
/// The resource's <c>solution_type</c>; empty if there is none. The real provider passes none for networks, so all of them say
/// "Network" (terraform-provider-grid, resource_network.go, newNetwork).
/// </param>
public sealed record GridContract(
    long Id, int TwinId, string State, string Type, int NodeId, string Workload, string Project)
{
    public const string Created = "Created";
    public const string Grace = "GracePeriod";

    private const string Tag = "tfc/";

    /// <summary>The resource's own name in its deployment data; empty if there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it costs money, or will do so again when the wallet is funded.</summary>
    public bool IsLive => State is Created or Grace;

    /// <summary>The deployment named by its tag, or null.</summary>
    public string? DeploymentId =>
        Project.StartsWith(Tag, StringComparison.Ordinal) && Records.Folders.DeploymentId.IsOne(Project[Tag.Length..])
            ? Project[Tag.Length..]
            : null;

    /// <summary>
    /// Whether it has no tag of a deployment, but the name of one in its own: <c>net_ID</c>, as patterns give it. Ids are random, so
    /// such a name is no accident.
    /// </summary>
    public bool IsNamedFor(string deploymentId) => DeploymentId is null && Name.Split('_').Contains(deploymentId);

    /// <summary>By its tag, else by its name.</summary>
    public bool IsOf(string deploymentId) => DeploymentId == deploymentId || IsNamedFor(deploymentId);

    /// <summary>Whether its project says nothing of whose it is.</summary>
    public bool IsAnonymous => Project.Length == 0 || (Project == "Network" && Workload.StartsWith("network", StringComparison.Ordinal));

    public static string TagOf(string deploymentId) => Tag + deploymentId;

    /// <summary>Reads GridProxy's JSON; absent members read as empty.</summary>
    public static GridContract Parse(JsonElement contract)
    {
        JsonElement details = contract.TryGetProperty("details", out JsonElement given) ? given : default;
        (string workload, string name, string project) = DataOf(Text(details, "deployment_data"));
        return new GridContract(
            contract.GetProperty("contract_id").GetInt64(),
            (int)Number(contract, "twin_id"),
            Text(contract, "state"),
            Text(contract, "type"),
            (int)Number(details, "nodeId"),
            workload,
            project)
        {
            Name = name,
        };
    }

    /// <summary>To display: <c>contract 123 (vm on node 8, Created)</c>.</summary>
    public override string ToString()
    {
        string what = Workload.Length > 0 ? Workload : Type;
        return $"contract {Id} ({what}{(NodeId > 0 ? $" on node {NodeId}" : "")}, {State})";
    }

    // Written by others, so it may be anything.
    private static (string Workload, string Name, string Project) DataOf(string text)
    {
        try
        {
            using var data = JsonDocument.Parse(text);
            return (Text(data.RootElement, "type"), Text(data.RootElement, "name"), Text(data.RootElement, "projectName"));
        }
        catch (JsonException)
        {
            return ("", "", "");
        }
    }

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? "" : "";

    private static long Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) ? number : 0;
}
