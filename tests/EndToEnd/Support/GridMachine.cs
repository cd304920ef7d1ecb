using System.Text.Json;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>What the local grid runs for a deployment.</summary>
internal sealed record GridMachine(string Machine, int? ProcessId, long Contract)
{
    public static async Task<IReadOnlyList<GridMachine>> OfAsync(Lab lab, string deploymentId)
    {
        using var status = JsonDocument.Parse((await lab.RunToolAsync(Product.LocalGrid, "status")).MustEndWith(0).Output);
        return
        [
            .. status.RootElement.GetProperty("vms").EnumerateArray()
                .Where(vm => vm.GetProperty("network").GetString() == $"net_{deploymentId}")
                .Select(vm => new GridMachine(
                    vm.GetProperty("machine").GetString()!,
                    vm.TryGetProperty("pid", out JsonElement pid) && pid.ValueKind == JsonValueKind.Number ? pid.GetInt32() : null,
                    vm.GetProperty("contract").GetInt64())),
        ];
    }
}
