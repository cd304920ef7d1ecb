using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

internal static class NftRules
{
    public const string Table = "tfl";

    /// <summary>`add` before `delete`, so that the file loads whether the table exists or not.</summary>
    public static readonly string Host =
        $$"""
        add table ip {{Table}}
        delete table ip {{Table}}
        table ip {{Table}} {
          chain post {
            type nat hook postrouting priority srcnat;
            ip saddr { {{FabricAddress.Range}}, {{FabricAddress.PublicRange}} } oifname != "{{FabricAddress.Bridge}}" masquerade
          }
        }

        """;

    /// <summary>
    /// Rules for one network on one node. Of private addresses, only those of this network pass: not those of another network
    /// or of the computer's own tunnels. The computer's name servers may be private, so they stay reachable.
    /// </summary>
    public static string Node(NetworkRecord network, string[] nameservers)
    {
        string own = network.Access is { } access
            ? $"{{ {network.IpRange}, {AddressPlan.AccessAddress(access.Subnet)} }}"
            : network.IpRange;
        string[] dns = nameservers.Where(server => !server.Contains(':')).ToArray();
        string allowDns = dns.Length == 0
            ? ""
            : $"ip daddr {{ {string.Join(", ", dns)} }} meta l4proto {{ tcp, udp }} th dport 53 accept";
        return $$"""
            add table inet {{Table}}
            delete table inet {{Table}}
            table inet {{Table}} {
              chain forward {
                type filter hook forward priority filter;
                ct state established,related accept
                ip saddr {{own}} ip daddr {{own}} accept
                {{allowDns}}
                ip daddr { 10.0.0.0/8, 100.64.0.0/10 } drop
                iifname "up0" ip saddr { 10.0.0.0/8, 100.64.0.0/10 } drop
              }
              chain post {
                type nat hook postrouting priority srcnat;
                ip saddr {{network.IpRange}} ip daddr != {{own}} oifname "up0" masquerade
              }
            }

            """;
    }
}
