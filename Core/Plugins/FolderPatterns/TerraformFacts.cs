using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>The facts that a folder pattern can pass to Terraform.</summary>
internal static class TerraformFacts
{
    private static readonly Dictionary<string, Func<VariablesRequest, object?>> Facts = new(StringComparer.Ordinal)
    {
        ["deployment_id"] = request => request.DeploymentId,
        ["solution_type"] = request => request.SolutionType,
        ["grid_network"] = request => request.GridNetwork,
        ["ip_range"] = request => request.IpRange,
        ["ssh_keys"] = request => request.SshPublicKeys,
        ["networks"] = request => request.Network.InOrder().Select(kind => kind.ManifestName()).ToArray(),
        ["ports"] = request => request.Ports.Select(port => port.Number).ToArray(),
        ["node_id"] = request => request.Hosts[0].NodeId,
        ["node_ids"] = request => request.Hosts.Select(host => host.NodeId).Distinct().ToArray(),
        ["hosts"] = request => request.Hosts.Select(Shown).ToArray(),
    };

    private static readonly Dictionary<string, Func<IReadOnlyList<AssignedHost>, object?>> OfRole = new(
        StringComparer.Ordinal)
    {
        ["count"] = hosts => hosts.Count,
        ["names"] = hosts => hosts.Select(host => host.Spec.Name).ToArray(),
        ["node_id"] = hosts => hosts.Count > 0 ? hosts[0].NodeId : null,
        ["node_ids"] = hosts => hosts.Select(host => host.NodeId).ToArray(),
        ["cpu"] = hosts => hosts.Count > 0 ? hosts[0].Spec.Cpu : null,
        ["memory"] = hosts => hosts.Count > 0 ? (long)hosts[0].Spec.MemoryMb : null,
        ["disk"] = hosts => hosts.Count > 0 ? hosts[0].Spec.DiskGb * Gigabytes.Megabytes : null,
        ["hosts"] = hosts => hosts.Select(Shown).ToArray(),
    };

    public static FactNames Names { get; } = new(
        [.. Facts.Keys],
        [.. OfRole.Keys],
        ["memory", "disk"],
        TakesKeys: true);

    public static object? Of(ValueSource source, VariablesRequest request) => source switch
    {
        LiteralValue literal => literal.Value,
        OptionReference option => option.Of(request.Options),
        FactReference fact => Facts[fact.Fact](request),
        RoleReference role => role.In(OfRole[role.Fact]([.. request.Hosts.Where(host => host.Spec.Role == role.Role)])),
        KeyReference key => request.Keys.Hex(key.Purpose, key.Bytes),
        _ => throw new InvalidOperationException($"unknown source {source.GetType().Name}"),
    };

    private static Dictionary<string, object> Shown(AssignedHost host) => new()
    {
        ["name"] = host.Spec.Name,
        ["role"] = host.Spec.Role,
        ["node_id"] = host.NodeId,
        ["cpu"] = host.Spec.Cpu,
        ["memory"] = host.Spec.MemoryMb,
        ["disk"] = host.Spec.DiskGb * Gigabytes.Megabytes,
    };
}
