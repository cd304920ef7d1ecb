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

        (await lab.RunAsync("up", app, "--grid", "local", "--trust")).MustEndWith(0);

        string address = (await lab.RunAsync("address", app)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address), Does.Match(@"^A page from the app's own pattern, on node \d+\n$"));
        Assert.That(await Web.PageAsync(address, path: "/about.html"), Does.Contain("came with the app"));
        using var facts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(lab.Home, "facts-before-finalize.json")));
        JsonElement host = facts.RootElement.GetProperty("hosts")[0];
        Assert.That((host.GetProperty("name").GetString(), host.GetProperty("ssh_address").GetString()), Is.EqualTo(("server_1", address)));
        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);
        Assert.That(
            File.ReadLines(Path.Combine(lab.Home, "moments")), Is.EqualTo(["before-infrastructure", "after-wait", "before-finalize"]));

        await PlaybookMustBeAgreedToAsync(lab, app);
        string link = Path.Combine(app, ".tfgrid-compose");
        var footprint = Footprint.Of(lab, Deployment.OfLink(link), link);
        (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
        Assert.That(
            File.ReadLines(Path.Combine(lab.Home, "moments")).Skip(3),
            Is.EqualTo(["before-finalize", "before-down", "after-down"]));
    }

    // With the real Ansible: on the machine its task would find no such folder.
    private static async Task PlaybookMustBeAgreedToAsync(Lab lab, string app)
    {
        string touched = lab.In("touched");
        File.WriteAllText(
            Path.Combine(app, "deployment", "playbook.yml"),
            $$"""
            - hosts: all
              gather_facts: false
              tasks:
                - file: {path: "{{touched}}", state: touch}
                  delegate_to: localhost
            """);

        ProgramResult refused = (await lab.RunAsync("up", app, "--yes")).MustEndWith(3);

        Assert.That(refused.Errors, Does.Contain("TFC0318").And.Contain("deployment/playbook.yml:5  delegate_to: localhost"));
        Assert.That(File.Exists(touched), Is.False);
        (await lab.RunAsync("up", app, "--trust")).MustEndWith(0);
        Assert.That(File.Exists(touched));
    }

    [Test]
    public async Task Several_roles_become_machines_on_their_nodes_reached_by_their_names()
    {
        await using Lab lab = await Lab.CreateAsync();
        WritePair(Path.Combine(lab.ComposeHome, "plugins", "pair"));
        var app = new SampleApp(lab.In("pair"), "pair") { Pattern = "pair" };
        app.WriteManifest();

        (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(0);

        using var shown =
            JsonDocument.Parse((await lab.RunAsync("address", app.Folder, "--output", "json")).MustEndWith(0).Output);
        Assert.That(
            shown.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("name").GetString()),
            Is.EqualTo(["front_1", "back_1"]));
        (await lab.RunAsync("exec", app.Folder, "--host", "back_1", "--", "test", "-e", "/opt/page/index.html")).MustEndWith(0);
        (await lab.RunAsync("exec", app.Folder, "--host", "front_1", "--", "test", "-e", "/opt/page")).MustEndWith(1);
        await CommandsMustRunAsync(lab, app);
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
    }

    // The plugin is gone: commands run from the record alone, and every byte arrives as typed.
    private static async Task CommandsMustRunAsync(Lab lab, SampleApp app)
    {
        Directory.Delete(Path.Combine(lab.ComposeHome, "plugins", "pair"), recursive: true);
        string[] hostile =
            ["a b", "it's", "\"q\"", "$HOME", "", "*", "\\", "--help", "--output", "json", "--", "grüße", ";exit 9", "two\nlines"];
        string expected = string.Concat(hostile.Select(word => $"<{word}>\n"));

        Assert.That((await lab.RunAsync(["pattern", "say", app.Folder, "--", .. hostile])).MustEndWith(0).Output, Is.EqualTo(expected));
        Assert.That(
            (await lab.RunToolInAsync(app.Folder, Product.Executable, ["say", .. hostile])).MustEndWith(0).Output, Is.EqualTo(expected));
        (await lab.RunAsync("pattern", "end", app.Folder, "--", "7")).MustEndWith(7);
        (await lab.RunToolInAsync(app.Folder, Product.Executable, "end", "9")).MustEndWith(9);
        ProgramResult copied =
            await lab.RunToolInAsync(app.Folder, "sh", "-c", "printf 'from stdin' | \"$1\" copy", "sh", Product.Executable);
        Assert.That(copied.MustEndWith(0).Output, Is.EqualTo("from stdin"));
        Assert.That((await lab.RunAsync("sya")).MustEndWith(2).Errors, Does.Contain("TFC0101").And.Contain("pattern sya TARGET"));
        Assert.That(
            (await lab.RunToolInAsync(app.Folder, Product.Executable, "machin")).MustEndWith(2).Errors,
            Does.Contain("did you mean `tfgrid-compose machine`?"));

        Assert.That((await lab.RunAsync("status", app.Folder)).MustEndWith(0).Output, Does.EndWith("\n\nWho answers:\n  back-1\n"));
        using var status =
            JsonDocument.Parse((await lab.RunAsync("status", app.Folder, "--output", "json")).MustEndWith(0).Output);
        JsonElement machine = status.RootElement.GetProperty("said").GetProperty("machine");
        Assert.That(
            (
                machine.GetProperty("host").GetString(),
                machine.GetProperty("exit_code").GetInt32(),
                machine.GetProperty("lines")[0].GetString()),
            Is.EqualTo(("back_1", 0, "back-1")));
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
            commands:
              say: {role: back, command: [printf, '<%s>\n'], description: Says its arguments.}
              end: {role: front, command: [sh, -c, 'exit "$1"', end], description: Ends with this exit code.}
              copy: {role: back, command: [cat], description: Copies its input.}
              machine: {role: back, command: [hostname], description: Who answers, in_status: true}
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
              value = [for machine in var.machines : {
                name = machine.name
                role = machine.role
                type = "wireguard"
                ip   = grid_deployment.machine[machine.name].vms[0].ip
              }]
            }
            output "wg_config" {
              value     = grid_network.net.access_wg_config
              sensitive = true
            }
            """);
    }
}
