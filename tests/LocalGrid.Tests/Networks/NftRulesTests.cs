using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Networks;

public sealed class NftRulesTests
{
    [Test]
    public void The_host_masquerades_what_leaves_the_fabric() => Assert.That(NftRules.Host, Is.EqualTo("""
        add table ip tfl
        delete table ip tfl
        table ip tfl {
          chain post {
            type nat hook postrouting priority srcnat;
            ip saddr { 198.18.0.0/16, 203.0.113.0/24 } oifname != "tfl-fab" masquerade
          }
        }

        """));

    [Test]
    public void A_node_lets_its_network_its_user_and_name_servers_pass_and_nothing_else_that_is_private() =>
        Assert.That(NftRules.Node(SampleNetworks.Full, ["10.9.8.7", "fd00::53", "10.9.8.8"]), Is.EqualTo("""
            add table inet tfl
            delete table inet tfl
            table inet tfl {
              chain forward {
                type filter hook forward priority filter;
                ct state established,related accept
                ip saddr { 10.1.0.0/16, 100.64.1.4 } ip daddr { 10.1.0.0/16, 100.64.1.4 } accept
                ip daddr { 10.9.8.7, 10.9.8.8 } meta l4proto { tcp, udp } th dport 53 accept
                ip daddr { 10.0.0.0/8, 100.64.0.0/10 } drop
                iifname "up0" ip saddr { 10.0.0.0/8, 100.64.0.0/10 } drop
              }
              chain post {
                type nat hook postrouting priority srcnat;
                ip saddr 10.1.0.0/16 ip daddr != { 10.1.0.0/16, 100.64.1.4 } oifname "up0" masquerade
              }
            }

            """));

    [Test]
    public void Without_access_point_and_name_servers_there_is_nothing_to_add()
    {
        string rules = NftRules.Node(SampleNetworks.Plain, ["fd00::53"]);

        Assert.That(rules, Does.Contain("ip saddr 10.2.0.0/16 ip daddr 10.2.0.0/16 accept"));
        Assert.That(rules, Does.Contain("ip saddr 10.2.0.0/16 ip daddr != 10.2.0.0/16 oifname"));
        Assert.That(rules, Does.Not.Contain("dport"));
    }
}
