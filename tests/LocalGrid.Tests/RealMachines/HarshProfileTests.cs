namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Machines as awkward as those of the real grid can be, and the shape that all machines have.</summary>
[Category("Machines")]
public sealed class HarshProfileTests
{
    private const string Machine = """
        resource "grid_network" "net" {
          name          = "PREFIX"
          nodes         = [2]
          ip_range      = "RANGE"
          mycelium_keys = { "2" = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20" }
        }
        resource "grid_deployment" "vm" {
          name         = "PREFIX"
          node         = 2
          network_name = grid_network.net.name
          vms {
            name             = "vm"
            flist            = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            cpu              = 1
            memory           = 512
            publicip         = true
            mycelium_ip_seed = "010203040506"
          }
        }
        output "ip" { value = split("/", grid_deployment.vm.vms[0].computedip)[0] }
        """;

    [Test]
    public void A_harsh_machine_finds_no_names_installs_nothing_and_its_first_update_has_the_locks()
    {
        using var lab = new TerraformLab(Machine, "harsh");
        lab.Apply();
        string machine = lab.Vms()["vm"].GetProperty("machine").GetString()!;
        string Run(string script) => Guest.Run(lab, machine, script).Trim();
        Assert.That(lab.Vms()["vm"].GetProperty("profile").GetString(), Is.EqualTo("harsh"));

        // The update of a new machine.
        Assert.That(
            Run("for i in $(seq 150); do dpkg --configure -a 2>&1 | grep -m1 lock && exit; sleep 0.1; done"), Does.Contain("was locked"));

        Assert.That(Run("getent hosts deb.debian.org || echo none"), Is.EqualTo("none"));
        Assert.That(Run("command -v nft; command -v rsync; echo none"), Is.EqualTo("none"));
        Assert.That(Run("find /var/lib/apt/lists -maxdepth 0 -mtime +300"), Is.EqualTo("/var/lib/apt/lists"));
        Assert.That(Run("apt-get -q download --print-uris wget"), Does.Contain("/old/"), "a version that no mirror has");

        // As of all machines: an interface for each kind of address, and the public one has the default route.
        string ip = lab.Output("ip").GetString()!;
        Assert.That(Run("ls /sys/class/net | grep eth | tr '\\n' ' '"), Is.EqualTo("eth0 eth1 eth2"));
        Assert.That(Run("ip -o -4 route show default"), Does.StartWith("default via 203.0.113.1 dev eth1"));
        Assert.That(Run("ip -o -4 addr show eth0"), Does.Contain($"inet {lab.Range.Split(".0.0")[0]}."));
        Assert.That(Run("ip -o -4 addr show eth1"), Does.Contain($"inet {ip}/"));
        Assert.That(Run("ip -o -6 route get 400::1"), Does.Contain("dev eth2"));
        Assert.That(Run("cat /etc/netplan/50-cloud-init.yaml"), Does.Contain($"\"{ip}/"));
    }
}
