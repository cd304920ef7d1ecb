using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Grid;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Phases;

/// <summary>
/// Contracts that carry a deployment's tag and that Terraform's state does not know: Terraform or the provider was killed between the grid's answer and
/// the state. An apply would make their machines a second time, and find their network's name taken. On the local grid they can be cancelled.
/// </summary>
public sealed class StrayContracts(UpRun run, TerraformWorkspace terraform, LocalGridProgram program)
{
    public async Task CancelAsync(CancellationToken cancellation)
    {
        IReadOnlyList<long> live = await new GridClient(program).ContractsOfAsync(run.Record.Id, cancellation);
        if (live.Count == 0)
        {
            return;
        }

        HashSet<long> known = [.. InState(await terraform.StateAsync(cancellation))];
        long[] strays = [.. live.Where(contract => !known.Contains(contract))];
        if (strays.Length == 0)
        {
            return;
        }

        run.Here.Events.Emit(new Note($"cancelling contracts that Terraform's state does not know: {string.Join(", ", strays)}"));
        await program.RunAsync(["cancel", $"tfc/{run.Record.Id}", "--keep", string.Join(',', known)], cancellation);
    }

    /// <summary>What a state's resources say: a deployment's id is its contract, a network names one for each node.</summary>
    public static IReadOnlyList<long> InState(JsonElement state) =>
    [
        .. Items(state, "resources").SelectMany(resource => Items(resource, "instances"))
            .Where(instance => instance.TryGetProperty("attributes", out JsonElement values) && values.ValueKind == JsonValueKind.Object)
            .SelectMany(instance => OfInstance(instance.GetProperty("attributes"))),
    ];

    private static IEnumerable<long> OfInstance(JsonElement values)
    {
        if (values.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
            && long.TryParse(id.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long contract))
        {
            yield return contract;
        }

        foreach (JsonProperty node in values.TryGetProperty("node_deployment_id", out JsonElement nodes) && nodes.ValueKind == JsonValueKind.Object ? nodes.EnumerateObject() : default)
        {
            if (node.Value.ValueKind == JsonValueKind.Number)
            {
                yield return node.Value.GetInt64();
            }
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
