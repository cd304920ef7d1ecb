using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Real Terraform, real machines. Needs root and the tools that the requirements verb lists.</summary>
[Category("Machines")]
public sealed class DeploymentLifecycleTests
{
    private const string Network = """
        resource "grid_network" "net" {
          name          = "PREFIXnet"
          nodes         = [1, 4]
          ip_range      = "RANGE"
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
    public void A_deployment_comes_up_is_not_changed_in_place_but_replaced_and_leaves_nothing_behind()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        Dictionary<string, JsonElement> before = lab.Vms();
        JsonElement front = lab.Output("front");
        string publicIp = front.GetProperty("computedip").GetString()!.Split('/')[0];
        string mycelium = front.GetProperty("mycelium_ip").GetString()!;
        string machine = before["front"].GetProperty("machine").GetString()!;

        Assert.That(Reach.SshBanner(publicIp), Is.EqualTo("SSH-"));
        Assert.That(Reach.SshBanner(mycelium), Is.EqualTo("SSH-"));
        Assert.That(Reach.Ping(lab, machine, lab.Output("back").GetString()!), "nodes of one network reach each other");
        Tunnel.AssertReaches(lab, front.GetProperty("ip").GetString()!, lab.Output("back").GetString()!);
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "a second plan is empty");

        lab.Configure(With(768));
        (int exitCode, string output) = lab.TryTerraform("apply", "-auto-approve");
        Assert.That(exitCode, Is.Not.Zero, output);
        Assert.That(
            Unwrapped(output),
            Does.Contain("0 to add, 1 to change, 0 to destroy").And.Contain(
                "failed to send deployment update request to node 1: "
                    + "workload 'zmachine' does not support upgrade: upgrade validation error"));
        Assert.That(Identities(lab), Is.EqualTo(Identities(before)), "nothing was touched");

        lab.Terraform("apply", "-auto-approve", "-replace=grid_deployment.front");
        Dictionary<string, JsonElement> after = lab.Vms();
        Assert.That(Identities(after)["front"], Is.Not.EqualTo(Identities(before)["front"]));
        Assert.That(Identities(after)["side"], Is.Not.EqualTo(Identities(before)["side"]), "it is in the same deployment");
        Assert.That(Identities(after)["back"], Is.EqualTo(Identities(before)["back"]));
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "a plan after it is empty");

        lab.Terraform("destroy", "-auto-approve");
        var names = before.Values.Concat(after.Values).Select(vm => vm.GetProperty("machine").GetString()!).ToList();
        Assert.That(Traces.Of(names), Is.Empty);
        Assert.That(lab.Vms(), Is.Empty);
    }

    [Test]
    public void A_state_of_an_older_build_refreshes_and_is_destroyed()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        string path = Path.Combine(lab.WorkingDirectory, "terraform.tfstate");
        JsonNode state = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (JsonObject attributes in state["resources"]!.AsArray().Select(r => r!["instances"]![0]!["attributes"]!.AsObject()))
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

    /// <summary>The original reads contracts and workloads, not processes.</summary>
    [Test]
    public void A_killed_machine_stays_in_the_state_until_it_is_replaced_by_name()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();

        lab.Run("kill", ["-KILL", $"{lab.Vms()["back"].GetProperty("pid").GetInt32()}"]);

        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "no changes");
        lab.Terraform("apply", "-auto-approve", "-replace=grid_deployment.back");
        Assert.That(lab.Vms()["back"].GetProperty("state").GetString(), Is.EqualTo("running"));
    }

    [Test]
    public void Of_a_cancelled_contract_the_state_stays_with_a_warning_until_it_is_replaced_by_name()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        lab.Run(TerraformLab.Executable, ["cancel", "--contracts", $"{lab.Vms()["back"].GetProperty("contract").GetInt64()}"]);

        (int exitCode, string output) = lab.TryTerraform("plan", "-detailed-exitcode");
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Unwrapped(output), Does.Contain("failed to read deployment data (terraform refresh might help)"));
        lab.Terraform("apply", "-auto-approve", "-replace=grid_deployment.back");
        Assert.That(lab.Vms()["back"].GetProperty("state").GetString(), Is.EqualTo("running"));
    }

    [Test]
    public void A_machine_whose_power_was_cut_answers_nothing_and_comes_back_with_its_files()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        Dictionary<string, JsonElement> before = lab.Vms();
        var names = before.Values.Select(vm => vm.GetProperty("machine").GetString()!).ToList();
        string front = before["front"].GetProperty("machine").GetString()!;
        string back = before["back"].GetProperty("machine").GetString()!;
        string publicIp = lab.Output("front").GetProperty("computedip").GetString()!.Split('/')[0];
        string mycelium = lab.Output("front").GetProperty("mycelium_ip").GetString()!;
        string ip = lab.Output("front").GetProperty("ip").GetString()!;
        Assert.That(Reach.SshBanner(publicIp), Is.EqualTo("SSH-"));
        File.WriteAllText($"/var/lib/tfgrid-localgrid/machines/{front}/root/root/kept", "kept");
        Guest.Run(lab, front, "echo kept >/data/kept");

        Assert.That(Power(lab, "stop", front), Is.EqualTo(("stopped", true)));
        Assert.That(Power(lab, "stop", front), Is.EqualTo(("stopped", false)));
        Assert.Multiple(() =>
        {
            Assert.That(Reach.Knock(publicIp), Is.EqualTo("silence"));
            Assert.That(Reach.Knock(mycelium), Is.EqualTo("silence"));
            Assert.That(Reach.Ping(lab, back, ip), Is.False);
            Assert.That(Reach.Ping(lab, back, lab.Output("back").GetString()!), "the others live");
            Assert.That(
                Running(front),
                Is.Empty);
            Assert.That(lab.Vms()["front"].GetProperty("state").GetString(), Is.EqualTo("stopped"));
            Assert.That(
                lab.Status().GetProperty("leftovers").EnumerateArray()
                    .Select(left => left.ToString())
                    .Where(left => names.Any(left.EndsWith)),
                Is.Empty);
            Assert.That(lab.Terraform("plan", "-refresh-only"), Does.Contain("No changes"), "Terraform does not see that a machine is off");
        });

        Assert.That(Power(lab, "start", front), Is.EqualTo(("running", true)));
        Assert.That(Power(lab, "start", front), Is.EqualTo(("running", false)));
        Assert.That(Reach.SshBanner(publicIp), Is.EqualTo("SSH-"));
        Assert.That(Reach.SshBanner(mycelium), Is.EqualTo("SSH-"));
        Assert.That(Reach.Ping(lab, back, ip), "its node knows it at once");
        Assert.That(
            Guest.Run(lab, front, "cat /root/kept /data/kept"),
            Is.EqualTo("keptkept\n"));
        Assert.That(
            lab.Run("sh", ["-c", $"cat {Limits(front)} 2>/dev/null || true"]).Trim(),
            Is.EqualTo("536870912"));
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.Zero, "nothing changed");

        Assert.That(
            lab.Try(TerraformLab.Executable, ["machine", "stop", "tfl-v0"]).Output,
            Does.Contain("there is no machine tfl-v0").And.Contain($"{front} (front)"));
        Power(lab, "stop", front);
        lab.Terraform("destroy", "-auto-approve");
        Assert.That(Traces.Of(names), Is.Empty);
        Assert.That(lab.Vms(), Is.Empty);
    }

    [Test]
    public void A_machine_whose_cable_is_gone_does_not_start_and_nothing_of_it_runs()
    {
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        string back = lab.Vms()["back"].GetProperty("machine").GetString()!;
        lab.Run("ip", ["-n", back, "link", "del", "eth0"]);

        Assert.That(Power(lab, "stop", back), Is.EqualTo(("stopped", true)));
        (int ExitCode, string Output) start = lab.Try(TerraformLab.Executable, ["machine", "start", back]);

        Assert.That(start.ExitCode, Is.Not.Zero, start.Output);
        Assert.That(
            Running(back),
            Is.Empty);
        lab.Terraform("destroy", "-auto-approve");
        Assert.That(Traces.Of([back]), Is.Empty);
    }

    /// <summary>A setuid program of a machine is one in the machine, and on this computer it is a file that nobody can use.</summary>
    [Test]
    public void A_disk_has_setuid_programs_in_its_machine_only()
    {
        const string Place = "/var/lib/tfgrid-localgrid";
        using var lab = new TerraformLab(With(512));
        lab.Apply();
        string front = lab.Vms()["front"].GetProperty("machine").GetString()!;
        string disks = $"{Place}/disks/c{lab.Vms()["front"].GetProperty("contract")}/";
        string data = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1])
            .Single(point => point.StartsWith(disks, StringComparison.Ordinal));

        Guest.Run(lab, front, "cp /usr/bin/id /data/id && cp /usr/bin/id /opt/id && chmod 4755 /data/id /opt/id");

        Assert.That(Guest.Run(lab, front, "su -s /bin/sh nobody -c '/data/id -u'"), Is.EqualTo("0\n"));
        Assert.That(lab.Run("findmnt", ["-n", "-o", "OPTIONS", data]), Does.Contain("nosuid").And.Contain("nodev"));
        string machine = $"{Place}/machines/{front}";
        foreach (string program in new[] { $"{data}/id", $"{machine}/upper/opt/id", $"{machine}/root/opt/id" })
        {
            Assert.That(program, Does.Exist);
            Assert.That(AsNobody(lab, $"{program} -u"), Does.Contain("Permission denied"));
        }

        Assert.That(
            AsNobody(lab, $"find {Place} -type f -readable -not -name '*.lock' -not -name ended.json 2>/dev/null"),
            Is.EqualTo($"{Place}/world.json\n"));
    }

    private static Dictionary<string, string> Identities(TerraformLab lab) => Identities(lab.Vms());

    private static Dictionary<string, string> Identities(Dictionary<string, JsonElement> vms) => vms.ToDictionary(
        vm => vm.Key, vm => $"{vm.Value.GetProperty("machine").GetString()} {vm.Value.GetProperty("pid").GetInt32()}");

    // Terraform breaks the lines of an error and draws a bar beside them.
    private static string Unwrapped(string output) => Regex.Replace(output, @"[\s│╷╵]+", " ");

    private static string AsNobody(TerraformLab lab, string line) =>
        lab.Try("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "sh", "-c", line]).Output;

    private static (string?, bool) Power(TerraformLab lab, string way, string machine)
    {
        string output = lab.Run(TerraformLab.Executable, ["machine", way, machine]);
        int start = output.IndexOf('{', StringComparison.Ordinal);
        int end = output.IndexOf('}', StringComparison.Ordinal) + 1;
        using var report = JsonDocument.Parse(output[start..end]);
        return (report.RootElement.GetProperty("state").GetString(), report.RootElement.GetProperty("changed").GetBoolean());
    }

    // What exists of a machine only while it runs.
    private static IEnumerable<string> Running(string machine) => Traces.Of([machine])
        .Where(trace => trace.StartsWith("/sys/fs/cgroup", StringComparison.Ordinal)
            || trace.Contains("systemd-nspawn", StringComparison.Ordinal));

    // Version 1 and version 2 of cgroups: one of the files exists.
    private static string Limits(string machine) =>
        $"/sys/fs/cgroup/memory/{machine}/memory.limit_in_bytes /sys/fs/cgroup/{machine}/memory.max";
}
