using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>
/// What machines reach. Two walls: a node's namespace, and this computer, because only the computer knows its own addresses.
/// </summary>
internal static class NftRules
{
    public const string Table = "tfl";

    /// <summary>Private and special ranges (RFC 6890). Nothing on the internet has them.</summary>
    private const string Special =
        "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, 198.18.0.0/15, "
            + "224.0.0.0/4, 240.0.0.0/4";

    private const string Special6 = "fc00::/7, fe80::/10";

    /// <summary>
    /// Rules for this computer. They replace the table of an older build; the set `open` keeps what the administrator has
    /// added. A service that a container publishes is reached by address translation, so translated connections are dropped
    /// too. Neighbour discovery is IPv6's ARP.
    /// </summary>
    public static string Host(Reachable allowed)
    {
        string exceptions = Lines(Dns(allowed.Nameservers), Mirrors(allowed));
        return $$"""
            add table ip {{Table}}
            delete table ip {{Table}}
            table ip {{Table}} {
              chain post {
                type nat hook postrouting priority srcnat;
                ip saddr { {{FabricAddress.Range}}, {{FabricAddress.PublicRange}} } oifname != "{{FabricAddress.Bridge}}" masquerade
              }
            }
            table inet {{Table}} {
              set open { type inet_proto . inet_service; }
              chain input { type filter hook input priority filter; }
              chain forward { type filter hook forward priority filter; }
            }
            flush chain inet {{Table}} input
            flush chain inet {{Table}} forward
            table inet {{Table}} {
              chain input {
                iifname != "{{FabricAddress.Bridge}}" accept
                ct state established,related accept
                icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                {{exceptions}}
                ip daddr {{FabricAddress.Host}} meta l4proto . th dport @open accept
                drop
              }
              chain forward {
                iifname != "{{FabricAddress.Bridge}}" accept
                oifname "{{FabricAddress.Bridge}}" accept
                ct state established,related accept
                {{exceptions}}
                ct status dnat drop
                ip daddr { {{Special}} } drop
                meta nfproto ipv6 drop
              }
            }

            """;
    }

    /// <summary>
    /// Rules for one network on one node. Of private addresses, only those of this network pass: not those of another network
    /// or of the computer's own tunnels. The user's end of the tunnel starts connections and accepts none. This
    /// computer's own rules may have been flushed, so its ports are closed here too; the set `open` keeps what is in it.
    /// </summary>
    public static string Node(NetworkRecord network, Reachable allowed)
    {
        string? user = network.Access is { } access ? AddressPlan.AccessAddress(access.Subnet) : null;
        string own = user is null ? network.IpRange : $"{{ {network.IpRange}, {user} }}";
        string allow = Lines(
            user is null ? "" : $"ip daddr {user} drop",
            $"ip saddr {own} ip daddr {network.IpRange} accept",
            Dns(allowed.Nameservers),
            Mirrors(allowed),
            $"ip daddr {FabricAddress.Host} meta l4proto . th dport @open accept");
        return $$"""
            table inet {{Table}} {
              set open { type inet_proto . inet_service; }
              chain forward { type filter hook forward priority filter; }
              chain post { type nat hook postrouting priority srcnat; }
            }
            flush chain inet {{Table}} forward
            flush chain inet {{Table}} post
            table inet {{Table}} {
              chain forward {
                ct state established,related accept
                {{allow}}
                ip daddr { {{Special}} } drop
                ip6 daddr { {{Special6}} } drop
                iifname "up0" ip saddr { 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 } drop
              }
              chain post {
                ip saddr {{network.IpRange}} ip daddr != {{own}} oifname "up0" masquerade
              }
            }

            """;
    }

    private static string Dns(IReadOnlyList<string> nameservers)
    {
        string[] ipv4 = [.. nameservers.Where(server => !server.Contains(':'))];
        return ipv4.Length == 0 ? "" : $"ip daddr {{ {string.Join(", ", ipv4)} }} meta l4proto {{ tcp, udp }} th dport 53 accept";
    }

    private static string Mirrors(Reachable allowed) => allowed.Mirrors.Count == 0
        ? ""
        : $"ip daddr . tcp dport {{ {string.Join(", ", allowed.Mirrors.Select(at => $"{at.Address} . {at.Port}"))} }} accept";

    private static string Lines(params string[] rules) => string.Join("\n    ", rules.Where(rule => rule.Length > 0));
}
