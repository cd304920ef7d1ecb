using System.Formats.Tar;
using System.IO.Compression;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Cli.Tests;

/// <summary>A whole <c>up</c> with tools that play their part; every phase runs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UpTests : IDisposable
{
    private const string ColleaguesKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBobBobBobBobBobBobBobBobBobBobBobBobBobBobB bob@there";
    private static readonly string[] Phases = ["infrastructure", "network", "wait", "platform", "application", "verify", "finalize"];
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task An_app_becomes_a_running_deployment()
    {
        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        DeploymentRecord record = _lab.Record;
        Assert.Multiple(() =>
        {
            Assert.That(
                (record.Status, record.Name, record.AppName, record.AppVersion, record.AppPath),
                Is.EqualTo((DeploymentStatus.Running, "hello", "hello", "1.2.3", _lab.App)));
            Assert.That((record.PatternName, record.Grid, record.SshUser), Is.EqualTo(("single-vm", "local", "root")));
            Assert.That(record.SshKey, Is.EqualTo($"{_lab.Home}/.ssh/id_ed25519"));
            Assert.That(record.Hosts, Has.Count.EqualTo(1));
            Assert.That(
                (record.Hosts[0].Name, record.Hosts[0].NodeId, record.Hosts[0].MemoryMb, record.Hosts[0].DiskGb),
                Is.EqualTo(("vm", 2, 512, 5)));
            Assert.That(
                (record.Hosts[0].SshAddress, record.Hosts[0].Addresses[0]),
                Is.EqualTo((_lab.Address, new RecordedAddress("ipv4", _lab.Address))));
            Assert.That(record.IpRange, Does.Match(@"^10\.\d+\.0\.0/16$"));
            Assert.That(record.AppHosts, Is.EqualTo(["vm"]));
        });
        Assert.That(result.Out, Does.Contain($"{record.Id} (hello)").And.Contain("running").And.Contain($"{_lab.Address} (ipv4)"));
        Assert.That(result.Error, Does.Contain("next: `tfgrid-compose ssh hello`"));
    }

    [Test]
    public async Task The_record_names_the_keys_that_the_machines_accept()
    {
        _lab.WriteManifest($"{CliLab.Manifest}ssh_keys: [{ColleaguesKey}]\n");

        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(
            _lab.Record.AuthorizedKeys,
            Is.EqualTo([File.ReadAllText($"{_lab.Home}/.ssh/id_ed25519.pub").Trim(), ColleaguesKey]));
    }

    [Test]
    public async Task The_journal_tells_every_phase()
    {
        await UpAsync();

        IReadOnlyList<JournalEntry> entries = new Journal(_lab.Folder.Journal).Read();
        Assert.That(
            entries.Select(entry => $"{entry.Verb} {entry.Phase?.Word()} {entry.Result}"),
            Is.EqualTo((string[])
            [
                "up  Started",
                .. Phases.SelectMany(phase => new[] { $"up {phase} Started", $"up {phase} Done" }),
                "up  Done",
            ]));
        Assert.That(
            entries.Where(entry => entry is { Result: JournalResult.Done, Phase: not null }).Select(entry => entry.Inputs),
            Has.All.Match("^[0-9a-f]{32}$"));
        Assert.That(
            entries.Where(entry => entry is { Result: JournalResult.Started, Phase: not null }).Select(entry => entry.Detail),
            Has.All.EqualTo("first time"));
    }

    [Test]
    public async Task The_tools_are_called_in_order()
    {
        await UpAsync();

        string folder = _lab.Folder.Path;
        string? inputs = _lab.Record.Hosts[0].AppInputs;
        string[] calls =
        [
            .. _lab.Calls.Where(call => !call.StartsWith("local-grid query", StringComparison.Ordinal)
                && !call.Contains("tar -xzf", StringComparison.Ordinal)),
        ];
        Assert.That(calls, Is.EqualTo([
            "local-grid requirements",
            $"local-grid mirror {_lab.State.ProviderMirror}",
            "terraform init -input=false -no-color",
            "terraform plan -json -input=false -lock-timeout=300s -out=tfplan",
            "terraform show -json tfplan",
            "local-grid image ensure",
            "terraform apply -json -input=false -lock-timeout=300s tfplan",
            "terraform output -json",
            "ssh true",
            $"ansible-playbook -i {folder}/inventory.ini {folder}/ansible/site.yml",
            $"ssh sh -s -- run {inputs} setup setup.sh ''",
            $"ssh sh -s -- run {inputs} configure configure.sh '{inputs} setup'",
            $"ssh rm -f /tmp/app-deployment/.tfgrid-env; {HookScript.Forget}",
            "ssh true",
        ]));
    }

    [Test]
    public async Task The_app_travels_with_its_values()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment:\n  - {name: GREETING, default: \"it's $(x)\"}\n");

        await UpAsync("--env", "GREETING=from the line");

        var copied = new Dictionary<string, (UnixFileMode Mode, string Text)>();
        await using var zip = new GZipStream(File.OpenRead(Path.Combine(_lab.Fakes, "copied.tgz")), CompressionMode.Decompress);
        await using var tar = new TarReader(zip);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            copied[entry.Name] = (entry.Mode, entry.DataStream is null ? "" : await new StreamReader(entry.DataStream).ReadToEndAsync());
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Multiple(() =>
        {
            Assert.That(copied.Keys, Is.EquivalentTo([
                "tmp/app-deployment/configure.sh", "tmp/app-deployment/setup.sh", "tmp/app-source/app.py",
                "tmp/app-source/.env", "tmp/app-deployment/.tfgrid-env", "tmp/app-deployment/state.yaml", "tmp/.tfgrid-copied",
            ]));
            Assert.That(copied["tmp/app-deployment/setup.sh"].Mode.HasFlag(UnixFileMode.UserExecute), "hooks run whatever their mode here");
            Assert.That(
                (copied["tmp/app-source/.env"].Mode, copied["tmp/app-deployment/.tfgrid-env"].Mode),
                Is.EqualTo((OwnerOnly, OwnerOnly)));
            Assert.That(copied["tmp/app-source/.env"].Text, Does.Contain("GREETING=").And.Contain("from the line"));
            Assert.That(
                copied["tmp/app-deployment/.tfgrid-env"].Text,
                Does.Contain("VM_IP=").And.Contain(_lab.Address).And.Contain("TFGRID_ROLE="));
            Assert.That(copied["tmp/app-deployment/state.yaml"].Text, Does.Contain("app_name: hello"));
        });
    }

    [Test]
    public async Task The_apps_link_leads_to_the_deployment()
    {
        await UpAsync();

        string link = Path.Combine(_lab.App, ".tfgrid-compose");
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(_lab.Folder.Path));
        Assert.That(
            File.ReadAllText(Path.Combine(link, "state.yaml")),
            Does.Contain("status: running\n").And.Contain($"primary_ip: {_lab.Address}\n"));
    }

    [Test]
    public async Task Only_the_owner_reads_what_is_kept()
    {
        await UpAsync();

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        string[] ours =
        [
            "deployment.json",
            "state.yaml",
            "journal",
            "inventory.ini",
            "tfgrid-compose.log",
            "ansible.log",
            "terraform-apply.log",
            "terraform/terraform.tfvars.json",
        ];
        Assert.That(ours.Where(name => (File.GetUnixFileMode(Path.Combine(_lab.Folder.Path, name)) & Others) != 0), Is.Empty);
        Assert.That(
            File.GetUnixFileMode(_lab.Folder.Path),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.Exists(Path.Combine(_lab.Folder.Terraform, "tfplan")), Is.False, "a plan holds variables in clear");
    }

    [Test]
    public async Task A_second_up_has_nothing_to_do()
    {
        await UpAsync();
        int before = _lab.Calls.Count(IsAction);

        CliResult again = await UpAsync();

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Error, Does.Contain("nothing to do"));
        Assert.That(_lab.Calls.Count(IsAction), Is.EqualTo(before));
        Assert.That(Directory.GetDirectories(_lab.State.Deployments), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_changed_hook_runs_the_application_again_and_no_more()
    {
        await UpAsync();
        int before = _lab.Calls.Count(call => call.StartsWith("terraform", StringComparison.Ordinal)
            || call.StartsWith("ansible", StringComparison.Ordinal));
        _lab.Write("hello/deployment/setup.sh", "#!/bin/sh\necho changed\n");

        CliResult again = await UpAsync();

        Assert.That(again.Error, Does.Contain("> application: deployment/setup.sh changed").And.Contain("> verify: application runs"));
        Assert.That(again.Error, Does.Not.Contain("> platform"));
        Assert.That(
            _lab.Calls.Count(call => call.StartsWith("terraform", StringComparison.Ordinal)
                || call.StartsWith("ansible", StringComparison.Ordinal)),
            Is.EqualTo(before));
    }

    // The refresh takes a machine that is off for gone: where it is no longer wanted either, nothing destroys it.
    [Test]
    public async Task A_contract_that_the_apply_drops_from_the_state_is_cancelled_after_it()
    {
        await UpAsync();
        _lab.Write("fakes/contracts.json", $$$"""{"status":200,"body":[{"contract_id":4711,"state":"Created","type":"node","details":{"nodeId":2,"deployment_data":"{\"projectName\":\"tfc/{{{_lab.Record.Id}}}\"}"}}]}""");
        File.WriteAllText(Path.Combine(_lab.Folder.Terraform, "terraform.tfstate"), """{"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"4711","node":2}}]}]}""");
        _lab.Write("fakes/plan-changes", "");
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        Assert.That((await UpAsync()).Problems.Single(), Does.StartWith("error TFC0107"), "the machine's data goes with it");
        Assert.That((await UpAsync("--allow-data-loss")).ExitCode, Is.Zero);
        string[] calls =
        [
            .. _lab.Calls.Where(call => call.StartsWith("terraform apply", StringComparison.Ordinal)
                || call.StartsWith("local-grid cancel", StringComparison.Ordinal)),
        ];
        Assert.That(
            calls.Skip(1),
            Is.EqualTo(["terraform apply -json -input=false -lock-timeout=300s tfplan", "local-grid cancel --contracts 4711"]));
    }

    [Test]
    public async Task A_second_deployment_of_an_app_needs_a_name()
    {
        await UpAsync();

        CliResult second = await UpAsync("--name", "two");

        Assert.That(second.ExitCode, Is.Zero, second.Error);
        DeploymentRecord[] records =
        [
            .. Directory.GetDirectories(_lab.State.Deployments).Select(
                path => new DeploymentStore(_lab.State, TimeProvider.System).Load(Path.GetFileName(path))!),
        ];
        Assert.That(records.Select(record => record.Name), Is.EquivalentTo(["hello", "two"]));
        Assert.That(records.Select(record => record.IpRange).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_app_of_the_context_file_is_meant_where_none_is_named()
    {
        _lab.Write("work/.tfgrid-compose.yaml", "app: ../hello\ngrid: local\n");

        CliResult up = await _lab.RunAsync("up");
        CliResult address = await _lab.RunAsync("address");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(_lab.Record.AppPath, Is.EqualTo(_lab.App));
        Assert.That(address.Out, Is.EqualTo($"{_lab.Address}\n"));
    }

    [Test]
    public async Task The_folder_one_stands_in_is_the_app_where_it_has_a_manifest()
    {
        _lab.CurrentFolder = _lab.App;

        Assert.That((await _lab.RunAsync("up", "--grid", "local")).ExitCode, Is.Zero);
        Assert.That(_lab.Record.AppPath, Is.EqualTo(_lab.App));
    }

    [Test]
    public async Task Tofu_is_preferred_where_both_are_installed()
    {
        File.Copy(Path.Combine(_lab.Tools, "terraform"), Path.Combine(_lab.Tools, "tofu"));
        _lab.RemoveTool("terraform");
        File.WriteAllText(Path.Combine(_lab.Tools, "terraform"), "#!/bin/sh\nexit 99\n");
        File.SetUnixFileMode(Path.Combine(_lab.Tools, "terraform"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        CliResult result = await UpAsync("--debug");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("/bin/tofu apply "));
    }

    private static bool IsAction(string call) =>
        !call.StartsWith("local-grid query", StringComparison.Ordinal) && call != "local-grid requirements";

    private Task<CliResult> UpAsync(params string[] more) => _lab.RunAsync(["up", _lab.App, "--grid", "local", .. more]);
}
