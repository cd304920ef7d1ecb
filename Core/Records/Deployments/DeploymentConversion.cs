using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>Converts between the record's types and the pattern contract's.</summary>
public static class DeploymentConversion
{
    public static RecordedHost ToRecord(AssignedHost host) => new()
    {
        Name = host.Spec.Name,
        Role = host.Spec.Role,
        Cpu = host.Spec.Cpu,
        MemoryMb = host.Spec.MemoryMb,
        DiskGb = host.Spec.DiskGb,
        NodeId = host.NodeId,
    };

    /// <summary>
    /// The recorded machines with their addresses from the outputs; hosts that appear only in the outputs are added.
    /// </summary>
    public static IReadOnlyList<RecordedHost> WithAddresses(
        IReadOnlyList<RecordedHost> hosts, IReadOnlyList<HostFacts> facts) =>
    [
        .. facts.Select(fact => (hosts.FirstOrDefault(host => host.Name == fact.Name)
                ?? new RecordedHost { Name = fact.Name, Role = fact.Role, NodeId = fact.NodeId }) with
            {
                Addresses =
                [
                    .. fact.Addresses.Select(address => new RecordedAddress(address.Kind.ManifestName(), address.Ip)),
                ],
            }),
    ];

    public static RecordedOutputs ToRecord(ContractValues values) => new()
    {
        PrimaryIp = values.PrimaryIp,
        PrimaryIpType = values.PrimaryIpType,
        DeploymentName = values.DeploymentName,
        NodeIds = values.NodeIds,
        MyceliumIp = values.MyceliumIp,
        NetworkName = values.NetworkName,
        WireguardFingerprint = values.WireguardConfig is { Length: > 0 } config ? Fingerprint.Of(config) : null,
        ConnectionInfo = values.ConnectionInfo,
    };

    public static IReadOnlyList<HostFacts> ToFacts(IReadOnlyList<RecordedHost> hosts) =>
    [
        .. hosts.Where(host => host.Addresses.Count > 0).Select(host => new HostFacts
        {
            Name = host.Name,
            Role = host.Role,
            NodeId = host.NodeId,
            Addresses = [.. host.Addresses.Select(address => new HostAddress(KindOf(address.Network), address.Ip))],
        }),
    ];

    private static NetworkKind KindOf(string manifestName) =>
        Enum.GetValues<NetworkKind>().First(kind => kind.ManifestName() == manifestName);
}
