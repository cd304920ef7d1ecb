using System.Text.Json.Nodes;
using NUnit.Framework;

namespace TfgridCompose.LocalGrid.Tests.Machines;

/// <summary>Real Terraform, real machines. Needs root and the tools that the requirements verb lists.</summary>
[Category("Machines")]
public sealed class DeploymentLifecycleTests
{
    private const string Network = """
        resource "grid_network" "net" {
          name          = "PREFIXnet"
          nodes         = [1, 4]
          ip_range      = "10.RANGE.0.0/16"
          add_wg_access = true
          mycelium_keys = {
            "1" = "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd627"
            "4" = "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd628"
          }
        }
        output "wg" {
          value     = grid_network.net.access_wg_config
          sensitive = true
        }
        """;

    private const string Machines = """
        resource "grid_deployment" "front" {
          node         = 1
          network_name = grid_network.net.name
          disks {
            name = "data"
            size = 2
          }
          vms {
            name             = "front"
            flist            = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            cpu              = 1
            memory           = MEMORY
            publicip         = true
            mycelium_ip_seed = substr(sha256("PREFIX"), 0, 12)
            mounts {
              name        = "data"
              mount_point = "/data"
            }
            env_vars = { SSH_KEY = "ssh-ed25519 AAAA test" }
          }
          vms {
            name   = "side"
            flist  = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory = 512
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
        output "front" { value = grid_deployment.front.vms[0] }
        output "back"  { value = grid_deployment.back.vms[0].ip }
        """;

    private static string With(int memory) => Network + "\n" + Machines.Replace("MEMORY", $"{memory}", StringComparison.Ordinal);

    [Test]
    public void A_deployment_comes_up_changes_in_place_and_leaves_nothing_behind()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        var before = lab.Vms();
        var front = lab.Output("front");
        var publicIp = front.GetProperty("computedip").GetString()!.Split('/')[0];
        var mycelium = front.GetProperty("mycelium_ip").GetString()!;
        var machine = before["front"].GetProperty("machine").GetString()!;

        Assert.That(Reach.SshBanner(publicIp), Is.EqualTo("SSH-"));
        Assert.That(Reach.SshBanner(mycelium), Is.EqualTo("SSH-"));
        Assert.That(Reach.Ping(lab, machine, lab.Output("back").GetString()!), "nodes of one network reach each other");
        AssertTunnel(lab, front.GetProperty("ip").GetString()!, lab.Output("back").GetString()!);
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "a second plan is empty");

        lab.Configure(With(768));
        lab.Apply();
        var after = lab.Vms();
        Assert.That(after["front"].GetProperty("ips").ToString(), Is.EqualTo(before["front"].GetProperty("ips").ToString()));
        Assert.That(after["front"].GetProperty("pid").GetInt32(), Is.Not.EqualTo(before["front"].GetProperty("pid").GetInt32()));
        Assert.That(after["side"].GetProperty("pid").GetInt32(), Is.EqualTo(before["side"].GetProperty("pid").GetInt32()), "an unchanged vm is left alone");

        lab.Terraform("destroy", "-auto-approve");
        var names = before.Values.Select(vm => vm.GetProperty("machine").GetString()!).ToList();
        Assert.That(Traces.Of(names), Is.Empty);
        Assert.That(lab.Vms(), Is.Empty);
    }

    [Test]
    public void A_state_of_an_older_build_refreshes_and_is_destroyed()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        var path = Path.Combine(lab.WorkingDirectory, "terraform.tfstate");
        var state = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var attributes in state["resources"]!.AsArray().Select(r => r!["instances"]![0]!["attributes"]!.AsObject()))
        {
            attributes.Remove("ip_range_of_that_build");
            attributes.Remove("solution_provider");
            attributes.Remove("public_node_id");
            attributes["gone_since"] = "x";
        }

        File.WriteAllText(path, state.ToJsonString());

        Assert.That(lab.TryTerraform("plan", "-refresh-only").ExitCode, Is.Zero);
        lab.Terraform("destroy", "-auto-approve");
        Assert.That(lab.Vms(), Is.Empty);
    }

    [Test]
    public void A_killed_machine_is_planned_anew()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();

        lab.Run("kill", ["-KILL", $"{lab.Vms()["back"].GetProperty("pid").GetInt32()}"]);

        Assert.That(lab.Terraform("plan"), Does.Contain("Plan: 1 to add, 0 to change, 0 to destroy"));
        lab.Apply();
        Assert.That(lab.Vms()["back"].GetProperty("state").GetString(), Is.EqualTo("running"));
    }

    // The host has no route of its own to 10.x: an answer from there came through the tunnel.
    private static void AssertTunnel(TerraformLab lab, params string[] addresses)
    {
        var config = Path.Combine(lab.WorkingDirectory, $"{lab.Prefix}.conf");
        File.WriteAllText(config, lab.Output("wg").GetString()!.Replace(", 100.64.0.0/16", "", StringComparison.Ordinal));
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        lab.Run("wg-quick", ["up", config]);
        try
        {
            Assert.That(addresses.Select(address => Reach.SshBanner(address)), Is.All.EqualTo("SSH-"));
        }
        finally
        {
            lab.Run("wg-quick", ["down", config]);
        }
    }
}
