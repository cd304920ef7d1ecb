using System.Text.Json;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>The deployments on nodes that the user leaves: they are replaced, and their nodes are not asked.</summary>
public static class LeftNodes
{
    /// <param name="state">Terraform's state.</param>
    /// <param name="left">The nodes.</param>
    /// <param name="lost">What is replaced anyway, with its own reasons.</param>
    public static IReadOnlyList<LostResource> Of(StateText state, IReadOnlyList<int> left, IReadOnlyList<LostResource> lost) =>
    [
        .. state.Instances
            .Where(instance => instance.Type == GridResourceType.Deployment && NodeOf(instance) is { } node && left.Contains(node))
            .Where(instance => lost.All(known => known.Resource != instance.Address))
            .Select(instance => new LostResource(instance.Address, $"it leaves node {NodeOf(instance)}", IsGone: false)),
    ];

    private static int? NodeOf(StateInstance instance) =>
        instance.Attributes is { } attributes
            && attributes.TryGetProperty("node", out JsonElement node)
            && node.ValueKind == JsonValueKind.Number
            && node.TryGetInt32(out int number)
            ? number
            : null;
}
