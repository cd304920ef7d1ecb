using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>What a machine needs from its node, and the GridProxy query for it.</summary>
public sealed record NodeNeeds(int Cpu, long MemoryBytes, long DiskBytes, bool PublicIp, bool Wireguard)
{
    public static NodeNeeds Of(HostSpec host) => new(
        host.Cpu,
        host.MemoryMb * (1L << 20),
        host.DiskGb * (1L << 30),
        host.Networks.Contains(NetworkKind.PublicIpv4),
        host.Networks.Contains(NetworkKind.Wireguard));

    /// <summary>
    /// The query for nodes with enough free resources. The features zmachine and network mean full nodes, which have
    /// private networks. GridProxy cannot sort by free memory: it answers 400.
    /// </summary>
    public string Query(IReadOnlyCollection<int> excluded) => string.Concat(
        "/nodes?status=up&healthy=true&size=1000",
        $"&features=zmachine,network{(Wireguard ? ",wireguard" : "")}",
        $"&free_mru={MemoryBytes}&free_sru={DiskBytes}&total_cru={Cpu}",
        PublicIp ? "&free_ips=1" : "",
        excluded.Count > 0 ? $"&excluded={string.Join(',', excluded)}" : "");

    public override string ToString() =>
        $"{Cpu} CPU, {MemoryBytes >> 20} MB memory, {DiskBytes >> 30} GB "
            + $"disk{(PublicIp ? ", a public IPv4 address" : "")}";
}
