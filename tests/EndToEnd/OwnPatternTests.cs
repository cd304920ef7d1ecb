using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Patterns without C#, deployed to real machines, with a lifecycle plugin that writes down what happens.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OwnPatternTests
{
    private const string Recorder = """
        #!/bin/sh
        tee "$HOME/facts-$(basename "$0").json" | sed -n 's/.*"\(event\|phase\)": "\(.*\)".*/\2/p' | paste -sd- >>"$HOME/moments"
        """;

    [Test]
    public async Task The_example_with_its_own_pattern_runs_tells_a_plugin_and_leaves_nothing()
    {
        await using Lab lab = await Lab.CreateAsync();
        string app = lab.In("own-pattern");
        Folders.Copy(Path.Combine(Product.Repository, "examples", "own-pattern"), app);
        InstallRecorder(lab, "before-infrastructure", "after-wait", "before-finalize", "before-down", "after-down");

        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);

        string address = (await lab.RunAsync("address", app)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address), Does.Match(@"^A page from a pattern of its own, on node \d+\n$"));
        Assert.That(await Web.PageAsync(address, path: "/about.html"), Does.Contain("came with the app"));
        using JsonDocument facts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(lab.Home, "facts-before-finalize.json")));
        JsonElement host = facts.RootElement.GetProperty("hosts")[0];
        Assert.That((host.GetProperty("name").GetString(), host.GetProperty("ssh_address").GetString()), Is.EqualTo(("server_1", address)));
        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);
        Assert.That(File.ReadLines(Path.Combine(lab.Home, "moments")), Is.EqualTo(["before-infrastructure", "after-wait", "before-finalize"]));

        string link = Path.Combine(app, ".tfgrid-compose");
        var footprint = Footprint.Of(lab, Deployment.OfLink(link), link);
        (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
        Assert.That(File.ReadLines(Path.Combine(lab.Home, "moments")).Skip(3), Is.EqualTo(["before-down", "after-down"]));
    }

    [Test]
    public async Task Several_roles_become_machines_on_their_nodes_reached_by_their_names()
    {
        await using Lab lab = await Lab.CreateAsync();
        WritePair(Path.Combine(lab.ComposeHome, "plugins", "pair"));
        var app = new SampleApp(lab.In("pair"), "pair") { Pattern = "pair" };
        app.WriteManifest();

        (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(0);

        using JsonDocument shown = JsonDocument.Parse((await lab.RunAsync("address", app.Folder, "--output", "json")).MustEndWith(0).Output);
        Assert.That(shown.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("name").GetString()), Is.EqualTo(["front_1", "back_1"]));
        (await lab.RunAsync("exec", app.Folder, "--host", "back_1", "--", "test", "-e", "/opt/page/index.html")).MustEndWith(0);
        (await lab.RunAsync("exec", app.Folder, "--host", "front_1", "--", "test", "-e", "/opt/page")).MustEndWith(1);
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
    }

    private static void InstallRecorder(Lab lab, params string[] hooks)
    {
        string folder = Path.Combine(lab.Home, ".tfgrid", "plugins", "recorder");
        Directory.CreateDirectory(Path.Combine(folder, "hooks"));
        File.WriteAllText(Path.Combine(folder, "plugin.yaml"), "name: recorder\nversion: 1.0.0\n");
        foreach (string hook in hooks)
        {
            string path = Path.Combine(folder, "hooks", hook);
            File.WriteAllText(path, Recorder + "\n");
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    // Two machines, the app on the second; no playbook.
    private static void WritePair(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "infrastructure"));
        File.WriteAllText(Path.Combine(folder, "pattern.yaml"), """
            name: pair
            version: 1.0.0
            roles:
              front: {memory: 256M, disk: 1G}
              back: {memory: 256M, disk: 1G}
            variables:
              machines: fact.hosts
            app_targets: back
            """);
        File.WriteAllText(Path.Combine(folder, "infrastructure", "main.tf"), """
            terraform {
              required_providers {
                grid = { source = "threefoldtech/grid" }
              }
            }

            variable "deployment_id" { type = string }
            variable "solution_type" { type = string }
            variable "ip_range" { type = string }
            variable "ssh_keys" { type = list(string) }
            variable "node_ids" { type = list(number) }
            variable "machines" { type = list(object({ name = string, role = string, node_id = number, memory = number })) }

            resource "grid_network" "net" {
              name          = "net_${var.deployment_id}"
              solution_type = var.solution_type
              nodes         = var.node_ids
              ip_range      = var.ip_range
              add_wg_access = true
            }

            resource "grid_deployment" "machine" {
              for_each      = { for machine in var.machines : machine.name => machine }
              name          = "${each.key}_${var.deployment_id}"
              solution_type = var.solution_type
              node          = each.value.node_id
              network_name  = grid_network.net.name

              vms {
                name     = each.key
                flist    = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
                memory   = each.value.memory
                env_vars = { SSH_KEY = join("\n", var.ssh_keys) }
              }
            }

            output "primary_ip" { value = grid_deployment.machine[var.machines[0].name].vms[0].ip }
            output "primary_ip_type" { value = "wireguard" }
            output "deployment_name" { value = "pair" }
            output "node_ids" { value = var.node_ids }
            output "secondary_ips" {
              value = [for machine in var.machines : { name = machine.name, role = machine.role, type = "wireguard", ip = grid_deployment.machine[machine.name].vms[0].ip }]
            }
            output "wg_config" {
              value     = grid_network.net.access_wg_config
              sensitive = true
            }
            """);
    }
}
