using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>The facts that a folder pattern can pass to Ansible once the machines exist.</summary>
internal static class InventoryFacts
{
    private static readonly Dictionary<string, Func<DeploymentFacts, object?>> Facts = new(StringComparer.Ordinal)
    {
        ["deployment_id"] = deployment => deployment.DeploymentId,
        ["app_name"] = deployment => deployment.AppName,
        ["networks"] = deployment => deployment.Network.InOrder().Select(kind => kind.ManifestName()).ToArray(),
        ["ports"] = deployment => deployment.Ports.Select(port => port.Number).ToArray(),
        ["hosts"] = deployment => deployment.Hosts.Select(Shown).ToArray(),
    };

    private static readonly Dictionary<string, Func<IReadOnlyList<HostFacts>, object?>> OfRole = new(
        StringComparer.Ordinal)
    {
        ["count"] = hosts => hosts.Count,
        ["names"] = hosts => hosts.Select(host => host.Name).ToArray(),
        ["node_ids"] = hosts => hosts.Select(host => host.NodeId).ToArray(),
        ["addresses"] = hosts => hosts.Select(host => host.Address).ToArray(),
        ["hosts"] = hosts => hosts.Select(Shown).ToArray(),
    };

    public static FactNames Names { get; } = new([.. Facts.Keys], [.. OfRole.Keys], [], TakesKeys: false);

    public static object? Of(ValueSource source, DeploymentFacts deployment) => source switch
    {
        LiteralValue literal => literal.Value,
        OptionReference option => option.Of(deployment.Options),
        FactReference fact => Facts[fact.Fact](deployment),
        RoleReference role => OfRole[role.Fact]([.. deployment.Hosts.Where(host => host.Role == role.Role)]),
        _ => throw new InvalidOperationException($"unknown source {source.GetType().Name}"),
    };

    private static Dictionary<string, object> Shown(HostFacts host) => new()
    {
        ["name"] = host.Name,
        ["role"] = host.Role,
        ["node_id"] = host.NodeId,
        ["address"] = host.Address,
    };
}
