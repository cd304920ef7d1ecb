using System.Net;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Networks;

public sealed class NftRulesTests
{
    private const string Special = "ip daddr { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, "
        + "192.168.0.0/16, 198.18.0.0/15, 224.0.0.0/4, 240.0.0.0/4 } drop";

    private static readonly Reachable Allowed =
        new(["10.9.8.7", "fd00::53", "10.9.8.8"], [new IPEndPoint(IPAddress.Parse("192.168.1.9"), 3142)]);

    [Test]
    public void The_host_masquerades_what_leaves_the_fabric_and_lets_machines_reach_nothing_of_its_own() =>
        Assert.That(Rules(NftRules.Host(Allowed)), Is.EqualTo(Rules($$"""
            add table ip tfl
            delete table ip tfl
            table ip tfl {
              chain post {
                type nat hook postrouting priority srcnat;
                ip saddr { 198.18.0.0/16, 203.0.113.0/24 } oifname != "tfl-fab" masquerade
              }
            }
            table inet tfl {
              set open { type inet_proto . inet_service; }
              chain input { type filter hook input priority filter; }
              chain forward { type filter hook forward priority filter; }
            }
            flush chain inet tfl input
            flush chain inet tfl forward
            table inet tfl {
              chain input {
                iifname != "tfl-fab" accept
                ct state established,related accept
                icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                ip daddr { 10.9.8.7, 10.9.8.8 } meta l4proto { tcp, udp } th dport 53 accept
                ip daddr . tcp dport { 192.168.1.9 . 3142 } accept
                ip daddr 198.18.0.1 meta l4proto . th dport @open accept
                drop
              }
              chain forward {
                iifname != "tfl-fab" accept
                oifname "tfl-fab" accept
                ct state established,related accept
                ip daddr { 10.9.8.7, 10.9.8.8 } meta l4proto { tcp, udp } th dport 53 accept
                ip daddr . tcp dport { 192.168.1.9 . 3142 } accept
                ct status dnat drop
                {{Special}}
                meta nfproto ipv6 drop
              }
            }
            """)));

    [Test]
    public void A_node_lets_its_network_its_user_and_name_servers_pass_and_nothing_else_that_is_private() =>
        Assert.That(Rules(NftRules.Node(SampleNetworks.Full, Allowed)), Is.EqualTo(Rules($$"""
            table inet tfl {
              set open { type inet_proto . inet_service; }
              chain forward { type filter hook forward priority filter; }
              chain post { type nat hook postrouting priority srcnat; }
            }
            flush chain inet tfl forward
            flush chain inet tfl post
            table inet tfl {
              chain forward {
                ct state established,related accept
                ip daddr 100.64.1.4 drop
                ip saddr { 10.1.0.0/16, 100.64.1.4 } ip daddr 10.1.0.0/16 accept
                ip daddr { 10.9.8.7, 10.9.8.8 } meta l4proto { tcp, udp } th dport 53 accept
                ip daddr . tcp dport { 192.168.1.9 . 3142 } accept
                ip daddr 198.18.0.1 meta l4proto . th dport @open accept
                {{Special}}
                ip6 daddr { fc00::/7, fe80::/10 } drop
                iifname "up0" ip saddr { 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 } drop
              }
              chain post {
                ip saddr 10.1.0.0/16 ip daddr != { 10.1.0.0/16, 100.64.1.4 } oifname "up0" masquerade
              }
            }
            """)));

    [Test]
    public void Without_access_point_name_servers_and_private_mirrors_there_is_nothing_to_add()
    {
        var nothing = new Reachable(["fd00::53"], []);
        string rules = NftRules.Node(SampleNetworks.Plain, nothing) + NftRules.Host(nothing);

        Assert.That(rules, Does.Contain("ip saddr 10.2.0.0/16 ip daddr 10.2.0.0/16 accept"));
        Assert.That(rules, Does.Contain("ip saddr 10.2.0.0/16 ip daddr != 10.2.0.0/16 oifname"));
        Assert.That(rules.Replace("dport @open", "", StringComparison.Ordinal), Does.Not.Contain("dport"));
    }

    private static string[] Rules(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
