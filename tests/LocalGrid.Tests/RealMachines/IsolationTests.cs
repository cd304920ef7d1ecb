using NUnit.Framework;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

[Category("Machines")]
public sealed class IsolationTests
{
    private const string TwoNetworks = """
        locals {
          ranges = { a = "10.159.0.0/16", b = "RANGE" } # this computer has a route to b alone
        }
        resource "grid_network" "net" {
          for_each      = local.ranges
          name          = "PREFIX${each.key}"
          nodes         = [2]
          ip_range      = each.value
          add_wg_access = true
        }
        resource "grid_deployment" "vm" {
          for_each     = local.ranges
          name         = each.key
          node         = 2
          network_name = grid_network.net[each.key].name
          dynamic "vms" {
            for_each = [1, 2]
            content {
              name     = "${each.key}${vms.value}"
              flist    = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
              memory   = 256
            }
          }
        }
        output "ips" { value = { for k, d in grid_deployment.vm : k => d.vms[*].ip } }
        output "wg" {
          value     = grid_network.net["b"].access_wg_config
          sensitive = true
        }
        """;

    [Test]
    public void A_machine_reaches_its_own_network_and_no_other_not_even_by_the_hosts_tunnel()
    {
        using var lab = new TerraformLab(TwoNetworks);
        lab.Apply();
        string machine = lab.Vms()["a1"].GetProperty("machine").GetString()!;
        string own = lab.Output("ips").GetProperty("a")[1].GetString()!;
        string other = lab.Output("ips").GetProperty("b")[0].GetString()!;
        string config = Path.Combine(lab.WorkingDirectory, $"{lab.Prefix}.conf");
        File.WriteAllText(config, lab.Output("wg").GetString()!.Replace(", 100.64.0.0/16", "", StringComparison.Ordinal));
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        lab.Run("wg-quick", ["up", config]);
        try
        {
            Assert.That(Reach.SshBanner(other), Is.EqualTo("SSH-"), "the host reaches network b");
            Assert.That(Reach.Ping(lab, machine, own), "a machine of network a reaches its neighbour");
            Assert.That(Reach.Ping(lab, machine, other), Is.False, "a machine of network a reaches network b");
        }
        finally
        {
            lab.Run("wg-quick", ["down", config]);
        }
    }

    // Exclusive: prune would also remove what a test of a dying provider has left on purpose.
    [Test]
    [Category("Exclusive")]
    public void Prune_takes_orphans_and_leaves_what_lives()
    {
        const string Orphan = "tfl-n65001";
        using var lab = new TerraformLab(TwoNetworks);
        lab.Apply();
        lab.Run("ip", ["netns", "add", Orphan]);
        Directory.CreateDirectory("/var/lib/tfgrid-localgrid/machines/tfl-v65001/upper");

        string removed = lab.Run(TerraformLab.Executable, ["prune"]);

        Assert.That(removed, Does.Contain(Orphan).And.Contain("tfl-v65001"));
        Assert.That(Traces.Of([Orphan, "tfl-v65001"]), Is.Empty);
        Assert.That(lab.Vms().Values.Select(vm => vm.GetProperty("state").GetString()), Is.EqualTo(Enumerable.Repeat("running", 4)));
    }
}
