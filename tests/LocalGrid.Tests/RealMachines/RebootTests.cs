using System.Text.Json;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>
/// After a reboot of this computer, machines come back with their files, disks and addresses. Exclusive, because the reboot takes all
/// machines.
/// </summary>
[Category("Machines")]
[Category("Exclusive")]
public sealed class RebootTests
{
    private const string Deployments = """
        resource "grid_network" "net" {
          name          = "PREFIXnet"
          nodes         = [1, 4]
          ip_range      = "RANGE"
          add_wg_access = true
          mycelium_keys = { "1" = "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd627" }
        }
        resource "grid_deployment" "front" {
          node         = 1
          network_name = grid_network.net.name
          disks {
            name = "data"
            size = 1
          }
          vms {
            name             = "front"
            flist            = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory           = 512
            publicip         = true
            mycelium_ip_seed = substr(sha256("PREFIX"), 0, 12)
            mounts {
              name        = "data"
              mount_point = "/data"
            }
          }
        }
        resource "grid_deployment" "back" {
          node         = 4
          network_name = grid_network.net.name
          vms {
            name   = "back"
            flist  = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory = 512
          }
        }
        output "wg" {
          value     = grid_network.net.access_wg_config
          sensitive = true
        }
        output "front" { value = grid_deployment.front.vms[0] }
        output "back"  { value = grid_deployment.back.vms[0].ip }
        """;

    [Test]
    public void Machines_come_back_with_their_files_disks_and_addresses_and_one_that_was_off_stays_off()
    {
        using var lab = new TerraformLab(Deployments);
        lab.Apply();
        JsonElement front = lab.Output("front");
        string ip = front.GetProperty("ip").GetString()!;
        string publicIp = front.GetProperty("computedip").GetString()!.Split('/')[0];
        string mycelium = front.GetProperty("mycelium_ip").GetString()!;
        string[] machines = [.. new[] { "front", "back" }.Select(name => lab.Vms()[name].GetProperty("machine").GetString()!)];
        Guest.Run(lab, machines[0], "echo root >/root/kept; echo disk >/data/kept; sync");
        Guest.Run(lab, machines[1], "echo back >/root/kept; sync");
        string contracts = $"{lab.Status().GetProperty("contracts")}";
        lab.Run(TerraformLab.Executable, ["machine", "stop", machines[1]]);

        ComputerReboot.TakeAway();

        Assert.That(States(lab), Is.EqualTo(("stopped", "stopped")));
        Assert.That(Start(lab), Is.EqualTo($$"""{"networks":["{{lab.Prefix}}net"],"machines":["{{machines[0]}} (front)"],"failed":[]}"""));
        Assert.That(Start(lab), Is.EqualTo("""{"networks":[],"machines":[],"failed":[]}"""));

        Assert.That(States(lab), Is.EqualTo(("running", "stopped")));
        Assert.That(Reach.SshBanner(publicIp), Is.EqualTo("SSH-"));
        Assert.That(Reach.SshBanner(mycelium), Is.EqualTo("SSH-"));
        Assert.That(Guest.Run(lab, machines[0], "cat /root/kept /data/kept"), Is.EqualTo("root\ndisk\n"));
        Assert.That($"{lab.Status().GetProperty("contracts")}", Is.EqualTo(contracts));
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "nothing changed");

        lab.Run(TerraformLab.Executable, ["machine", "start", machines[1]]);
        Assert.That(Guest.Run(lab, machines[1], "cat /root/kept"), Is.EqualTo("back\n"));
        Tunnel.AssertReaches(lab, ip, lab.Output("back").GetString()!);

        lab.Terraform("destroy", "-auto-approve");
        Assert.That(Traces.Of(machines), Is.Empty);
    }

    private static string Start(TerraformLab lab) => lab.Run(TerraformLab.Executable, ["start"]).Trim();

    private static (string?, string?) States(TerraformLab lab)
    {
        Dictionary<string, JsonElement> vms = lab.Vms();
        return (vms["front"].GetProperty("state").GetString(), vms["back"].GetProperty("state").GetString());
    }
}
