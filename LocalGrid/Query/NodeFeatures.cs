namespace TfgridCompose.LocalGrid.Query;

/// <summary>What a node can do, in GridProxy's words (grid-proxy/pkg/types/validators.go).</summary>
internal static class NodeFeatures
{
    private static readonly string[] Known =
    [
        "zmount", "zdb", "volume", "ipv4", "ip", "gateway-name-proxy", "gateway-fqdn-proxy", "qsfs", "zlogs", "network",
        "zmachine", "zmachine-light", "network-light", "wireguard", "yggdrasil", "mycelium",
    ];

    public static void Check(string[] wanted)
    {
        if (wanted.FirstOrDefault(feature => !Known.Contains(feature)) is { } unknown)
        {
            throw new QueryException(400, $"{unknown} is not a valid node feature");
        }
    }
}
