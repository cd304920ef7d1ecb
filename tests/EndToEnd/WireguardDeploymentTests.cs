using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>One running deployment, reached over WireGuard alone; its tests take turns.</summary>
public sealed class WireguardDeploymentTests
{
    private const int Others = 0x3F;
    private static readonly string[] StateKeys =
    [
        "app_name", "app_version", "pattern", "pattern_version", "deployment_id", "created_at", "vm_ip", "primary_ip", "primary_ip_type",
        "deployment_name",
        "node_ids", "mycelium_ip", "wg_interface", "network_name", "ssh_user", "ssh_key", "status", "last_updated",
    ];

    private Lab _lab = null!;
    private SampleApp _app = null!;
    private Deployment _deployment = null!;

    [OneTimeSetUp]
    public async Task BringUp()
    {
        _lab = await Lab.CreateAsync();
        _app = _lab.App("private");
        _deployment = await _lab.UpAsync(_app);
    }

    [OneTimeTearDown]
    public async Task TakeDown() => await _lab.DisposeAsync();

    [Test]
    public async Task The_page_is_reached_at_its_address()
    {
        string address = (await _lab.RunAsync("address", _app.Folder)).MustEndWith(0).Output.Trim();

        Assert.That(address, Does.StartWith("10."));
        Assert.That(await Web.PageAsync(address), Is.EqualTo(_app.Page));
        Assert.That((await _lab.RunAsync("outputs", "--key", "primary_ip_type", _app.Folder)).Output, Is.EqualTo("wireguard\n"));
        Assert.That((await _lab.RunToolAsync("ip", "route", "get", address)).Output, Does.Contain($"dev {_deployment.WireguardInterface}"));
    }

    [Test]
    public async Task Status_says_that_the_machine_answers()
    {
        string status = (await _lab.RunAsync("status", _app.Folder)).MustEndWith(0).Output;

        Assert.That(status, Does.Contain("running").And.Contain("the tunnel is up").And.Contain($"answers at {_deployment.PrimaryIp}"));
    }

    [Test]
    public async Task Ssh_runs_a_command_on_the_machine()
    {
        ProgramResult result = await _lab.RunAsync("ssh", "private", "--", "hostname");

        Assert.That(result.MustEndWith(0).Output, Is.EqualTo("vm\n"));
    }

    [Test]
    public async Task Exec_passes_the_exit_code_and_every_argument_as_it_is()
    {
        string[] hostile =
        [
            "it's", "\"quoted\"", "$(touch /tmp/e2e-pwned)", "`id`", "two\nlines", " blanks  ", "", "*", "~", "a;b|c&d>e", "\\", "-x",
            "ünïcödé ✓", "!!",
        ];

        ProgramResult echoed = await _lab.RunAsync(
            ["exec", _deployment.Id, "--", "python3", "-c", "import sys, json; print(json.dumps(sys.argv[1:]))", .. hostile]);

        Assert.That(JsonSerializer.Deserialize<string[]>(echoed.MustEndWith(0).Output), Is.EqualTo(hostile));
        (await _lab.RunAsync("exec", _deployment.Id, "--", "test", "-e", "/tmp/e2e-pwned")).MustEndWith(1);
        (await _lab.RunAsync("exec", _deployment.Id, "--", "sh", "-c", "exit 17")).MustEndWith(17);
    }

    [Test]
    public async Task Logs_show_the_apps_service_and_its_hooks()
    {
        await Web.PageAsync(_deployment.PrimaryIp);

        Assert.That((await _lab.RunAsync("logs", _app.Folder)).MustEndWith(0).Output, Does.Contain("GET / HTTP"));
        Assert.That((await _lab.RunAsync("logs", "--hook", "setup", _app.Folder)).MustEndWith(0).Output, Does.Contain("setup says hello"));
    }

    [Test]
    public void State_yaml_is_flat_and_complete_through_the_apps_link()
    {
        string[] lines = File.ReadAllLines(Path.Combine(_app.Link, "state.yaml"));

        Assert.That(lines.Select(line => line.Split(':')[0]), Is.EqualTo(StateKeys));
        Assert.That(_deployment.State["status"], Is.EqualTo("running"));
        Assert.That(_deployment.State["deployment_id"], Is.EqualTo(_deployment.Id));
        Assert.That(StateKeys.Except(["mycelium_ip"]).Where(key => _deployment.State[key].Length == 0), Is.Empty);
    }

    [Test]
    public async Task Plain_Terraform_shows_the_outputs_as_typed()
    {
        string tool = File.Exists("/usr/bin/tofu") || File.Exists("/usr/local/bin/tofu") ? "tofu" : "terraform";

        ProgramResult output = await _lab.RunToolInAsync(Path.Combine(_app.Link, "terraform"), tool, "output", "primary_ip");

        Assert.That(output.MustEndWith(0).Output, Is.EqualTo($"\"{_deployment.PrimaryIp}\"\n"));
    }

    [Test]
    public async Task Ansible_uses_the_inventory_as_it_is()
    {
        ProgramResult ping = await _lab.RunToolInAsync(_app.Link, "ansible", "-i", "inventory.ini", "all", "-m", "ping");

        Assert.That(ping.MustEndWith(0).Output, Does.Contain("vm | SUCCESS"));
    }

    [Test]
    public async Task The_playbook_run_again_changes_nothing()
    {
        ProgramResult play =
            await _lab.RunToolInAsync(_deployment.In("ansible"), "ansible-playbook", "-i", _deployment.In("inventory.ini"), "site.yml");

        Assert.That(play.MustEndWith(0).Output, Does.Contain("changed=0").And.Contain("failed=0"));
    }

    [Test]
    public async Task A_second_up_does_nothing_and_says_so()
    {
        string ansible = _deployment.Read("ansible.log");
        string journal = _deployment.Read("journal");

        ProgramResult again = (await _lab.RunAsync("up", _app.Folder, "--grid", "local")).MustEndWith(0);

        Assert.That(again.Errors, Does.Contain("nothing to do"));
        Assert.That(_deployment.Read("ansible.log"), Is.EqualTo(ansible));
        Assert.That(_deployment.Read("journal"), Is.EqualTo(journal));
    }

    [Test]
    public async Task Up_brings_back_a_tunnel_that_was_taken_down_by_hand()
    {
        string tunnel = _deployment.WireguardInterface!;
        (await _lab.RunToolAsync("wg-quick", "down", tunnel)).MustEndWith(0);
        (await _lab.RunAsync("status", _app.Folder)).MustEndWith(6);
        int before = _deployment.Journal.Count;

        (await _lab.RunAsync("up", _app.Folder)).MustEndWith(0);

        Assert.That(
            _deployment.Journal.Skip(before).Where(line => line.EndsWith("done", StringComparison.Ordinal)),
            Is.EqualTo(["network done", "wait done", "verify done", "finalize done"]));
        Assert.That(await Web.PageAsync(_deployment.PrimaryIp), Is.EqualTo(_app.Page));
    }

    [Test]
    public void No_file_of_the_deployment_is_readable_by_others()
    {
        FileInfo[] files = [.. Folders.FilesBelow(_deployment.Folder), new($"/etc/wireguard/{_deployment.WireguardInterface}.conf")];

        Assert.That(
            files.Select(file => file.Name),
            Has.Member("known_hosts").And.Member("deployment.json").And.Member("terraform.tfstate").And.Member("inventory.ini"));
        Assert.That(
            files.Where(file => ((int)file.UnixFileMode & Others) != 0).Select(file => $"{file.FullName}: {file.UnixFileMode}"), Is.Empty);
        Assert.That(File.GetUnixFileMode(_deployment.Folder), Is.EqualTo((UnixFileMode)Convert.ToInt32("700", 8)));
    }
}
