using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Cli.Tests;

/// <summary>What fails after something exists: state is kept, the exit code says the kind, and both ways on are named.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UpFailureTests : IDisposable
{
    private const string Diagnostic =
        """{"@level":"error","@message":"Error","type":"diagnostic","diagnostic":{"severity":"error","summary":"deployment refused","detail":"node 2 has no free memory","address":"grid_deployment.vm","range":{"filename":"main.tf","start":{"line":12,"column":1}}}}""";

    private const string Maybe = ": machines may have been created";
    private const string Created = ": machines were created, but their addresses are not recorded";
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("init", "TFC0401", "init was told to fail", "")]
    [TestCase("plan", "TFC0402", "deployment refused: node 2 has no free memory (grid_deployment.vm) at main.tf:12", "")]
    [TestCase("apply", "TFC0403", "deployment refused: node 2 has no free memory (grid_deployment.vm) at main.tf:12", Maybe)]
    [TestCase("output", "TFC0405", "output was told to fail", Created)]
    public async Task Terraform_fails(string verb, string code, string reason, string machines)
    {
        if (machines == Created)
        {
            CreateAContract();
        }

        _lab.Fail($"terraform-{verb}", Diagnostic + "\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Problems, Is.EqualTo([$"error {code}: terraform {verb} ended with exit code 1:"]));
        Assert.That(result.Error, Does.Contain(reason));
        AssertKept(result, PhaseId.Infrastructure, code, machines);
        Assert.That(File.Exists(Path.Combine(_lab.Folder.Terraform, "tfplan")), Is.False, "a plan holds variables in clear");
    }

    // The provider plans it, and the node would refuse it after the network has been made.
    [TestCase("up")]
    [TestCase("plan")]
    public async Task What_the_grid_would_refuse_ends_the_run_before_the_apply(string verb)
    {
        _lab.Write("fakes/plan.json", """
            {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm",
              "change":{"actions":["create"],"before":null,"after":{"name":"vm_x","disks":[{"name":"vm","size":1}],
              "vms":[{"name":"vm","cpu":4,"memory":2048,"rootfs_size":1024}]}}}],"output_changes":{}}
            """);

        CliResult result = await _lab.RunAsync(verb, _lab.App, "--grid", "local");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Problems, Is.EqualTo([
            "error TFC0418: The grid would refuse grid_deployment.vm: the disk 'vm' and the machine 'vm' have one name, 'vm'.",
            "error TFC0418: The grid would refuse grid_deployment.vm: the machine 'vm' with 4 CPUs and 2048 MB of memory has a root "
                + "file system of 1024 MB.",
        ]));
        Assert.That(result.Error, Does.Contain("ask for 2048 MB or more; nothing was created"));
        Assert.That(_lab.Calls, Has.None.StartsWith("terraform apply"));
    }

    [Test]
    public async Task After_a_mended_apply_up_resumes()
    {
        _lab.StartMachine();
        _lab.Fail("terraform-apply", Diagnostic);
        await UpAsync();
        string id = _lab.Record.Id;
        _lab.Mend("terraform-apply");
        File.Delete(Path.Combine(_lab.Folder.Terraform, "terraform.tfstate"));

        CliResult again = await UpAsync();

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Error, Does.Contain("> infrastructure: it failed the last time"));
        Assert.That(_lab.Record.Id, Is.EqualTo(id));
        Assert.That(
            _lab.Calls.Count(call => call.StartsWith("terraform init", StringComparison.Ordinal)),
            Is.EqualTo(1), "init is skipped where nothing changed");
    }

    [Test]
    public async Task A_full_disk_cut_the_state_of_the_first_apply()
    {
        _lab.StartMachine();
        _lab.Fail("terraform-apply", Diagnostic);
        Assert.That((await UpAsync()).ExitCode, Is.EqualTo(4));
        string state = Path.Combine(_lab.Folder.Terraform, "terraform.tfstate");
        File.Move(state, Path.Combine(_lab.Folder.Terraform, "errored.tfstate"));
        File.WriteAllText(state, "{\"version\": 4, \"resour");
        _lab.Mend("terraform-apply");

        CliResult plan = await _lab.RunAsync("plan", _lab.App);
        CliResult up = await UpAsync();

        Assert.That((plan.ExitCode, up.ExitCode), Is.EqualTo((0, 0)), plan.Error + up.Error);
        string[] calls = [.. _lab.Calls.Where(call => call.StartsWith("terraform ", StringComparison.Ordinal))];
        int push = Array.FindLastIndex(calls, call => call.StartsWith("terraform state push", StringComparison.Ordinal));
        int planned = Array.FindLastIndex(calls, call => call.StartsWith("terraform plan", StringComparison.Ordinal));
        Assert.That(push, Is.InRange(0, planned - 1), "what was made is known before anything is planned");
        Assert.That(File.Exists($"{state}.unreadable"));
    }

    [Test]
    public async Task The_outputs_lack_what_the_contract_demands()
    {
        CreateAContract();
        FakeAnswers.Outputs(_lab.Fakes, _lab.Address, ("deployment_name", null), ("node_ids", "two"));

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Problems, Is.EqualTo([
            "error TFC0406: The pattern 'single-vm' breaks its contract: the output deployment_name is missing.",
            "error TFC0406: The pattern 'single-vm' breaks its contract: the output node_ids is \"two\", not a non-empty list of node ids.",
        ]));
        AssertKept(result, PhaseId.Infrastructure, "TFC0406 TFC0406", Created);
    }

    [Test]
    public async Task An_address_does_not_fit_its_type()
    {
        FakeAnswers.Outputs(_lab.Fakes, "192.168.1.5", ("primary_ip_type", "wireguard"));

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(
            result.Problems.Single(),
            Does.Contain("the output primary_ip is 192.168.1.5, outside the deployment's WireGuard range 10."));
    }

    [Test]
    public async Task The_machine_lets_nobody_in()
    {
        _lab.Clock = new LabClock();

        CliResult result = await UpAsync("--wait-limit", "1");

        Assert.That(result.ExitCode, Is.EqualTo(6), result.Error);
        Assert.That(
            result.Problems.Single(),
            Does.StartWith($"error TFC0601: 'vm' did not accept an SSH login within 1 s; the last reason: {_lab.Address} (ipv4): "
                + "port 22 refused"));
        Assert.That(result.Error, Does.Not.Contain("network diagnosis"));
        AssertKept(result, PhaseId.Wait, "TFC0601");
    }

    [Test]
    public async Task On_a_paid_grid_what_is_kept_costs_money()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2}\nnetwork: {provision: [ipv4]}\n");
        _lab.Environment["TF_VAR_mnemonic"] = "abandon ability able about above absent";
        _lab.Clock = new LabClock();

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "test", "--yes", "--wait-limit", "1");

        Assert.That(result.ExitCode, Is.EqualTo(6), result.Error);
        Assert.That(result.Error, Does.Contain($"deployment {_lab.Record.Id} is kept: vm on node 2; it costs TFT until it is removed\n"));
    }

    [TestCase("terraform-apply", Maybe)]
    [TestCase("terraform-output", Created)]
    public async Task On_a_paid_grid_machines_without_known_addresses_cost_money_too(string failing, string machines)
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2}\nnetwork: {provision: [ipv4]}\n");
        _lab.Environment["TF_VAR_mnemonic"] = "abandon ability able about above absent";
        _lab.Fail(failing);
        if (machines == Created)
        {
            CreateAContract();
        }

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "test", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Error, Does.Contain($"deployment {_lab.Record.Id} is kept{machines}; it costs TFT until it is removed\n"));
    }

    [Test]
    public async Task The_command_that_resumes_names_values_without_repeating_them()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment: {TOKEN: a, OTHER: b}\n");
        _lab.Write("work/values.env", "OTHER=c\n");
        _lab.Fail("terraform-init");

        CliResult result = await UpAsync("--name", "two", "--env", "TOKEN=not-to-be-shown", "--env-file", "values.env");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(
            result.Error,
            Does.Contain($"deployment {_lab.Record.Id} is kept\n"), "before an apply, there is no machine");
        Assert.That(
            result.Error,
            Does.Contain($"  resume:  tfgrid-compose up {_lab.App} --name two --env 'TOKEN=<value>' --env-file values.env\n")
                .And.Not.Contain("not-to-be-shown"));
        (await _lab.RunAsync("address", "two")).AssertFailed(
            7,
            "TFC0709",
            "has no address yet; its status is failed",
            $"bring it up: tfgrid-compose up {_lab.App}");
    }

    [Test]
    public async Task A_failed_wait_is_diagnosed_with_debug()
    {
        _lab.Clock = new LabClock();

        CliResult result = await UpAsync("--wait-limit", "1", "--debug");

        Assert.That(result.ExitCode, Is.EqualTo(6));
        Assert.That(
            result.Error,
            Does.Contain($"network diagnosis:\n      ipv4 to vm ({_lab.Address}): route: {_lab.Address} dev lo; ping answers; "
                + "ssh: port 22 refused"));
    }

    [Test]
    public async Task Ansible_fails()
    {
        _lab.StartMachine();
        _lab.Fail("ansible", "fatal: [vm]: FAILED! => no such package\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(5), result.Error);
        Assert.That(result.Problems.Single(), Is.EqualTo("error TFC0501: ansible-playbook site.yml ended with exit code 2:"));
        Assert.That(result.Error, Does.Contain("no such package").And.Contain(_lab.Folder.AnsibleLog));
        AssertKept(result, PhaseId.Platform, "TFC0501");
    }

    [Test]
    public async Task The_app_cannot_be_copied()
    {
        _lab.StartMachine();
        _lab.Fail("copy");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(5), result.Error);
        Assert.That(
            result.Problems.Single(),
            Does.StartWith("error TFC0511: The app could not be copied to 'vm': ssh ended with exit code 2: No space left"));
        AssertKept(result, PhaseId.Application, "TFC0511");
    }

    [Test]
    public async Task A_hook_fails_and_after_mending_up_resumes_there()
    {
        _lab.StartMachine();
        _lab.Fail("setup.sh", "the port is taken\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(5), result.Error);
        Assert.That(result.Problems.Single(), Is.EqualTo("error TFC0512: The hook 'setup' on 'vm' ended with exit code 3:"));
        Assert.That(
            result.Error,
            Does.Contain("the port is taken").And.Contain("setup| setup.sh says hello").And.Contain(_lab.Folder.HookLog("setup")));
        Assert.That(_lab.Calls.Where(call => call.Contains("configure.sh", StringComparison.Ordinal)), Is.Empty);
        AssertKept(result, PhaseId.Application, "TFC0512");

        _lab.Mend("setup.sh");
        CliResult again = await UpAsync();

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Error, Does.Contain("> application: it failed the last time").And.Not.Contain("> platform"));
        Assert.That((await _lab.RunAsync("logs", "hello", "--hook", "setup")).Out, Does.Contain("setup.sh says hello\n"));
    }

    private void AssertKept(CliResult result, PhaseId phase, string codes, string machines = ": vm on node 2")
    {
        DeploymentRecord record = _lab.Record;
        IReadOnlyList<JournalEntry> lines = new Journal(_lab.Folder.Journal).Read();
        JournalEntry last = lines[^2];
        Assert.Multiple(() =>
        {
            Assert.That(record.Status, Is.EqualTo(DeploymentStatus.Failed));
            Assert.That((last.Phase, last.Result, last.Detail), Is.EqualTo(((PhaseId?)phase, JournalResult.Failed, codes)));
            Assert.That(
                lines[^1] with { Milliseconds = null, Command = null, Changed = null },
                Is.EqualTo(last with { Phase = null, Milliseconds = null, Changed = null, At = lines[^1].At }),
                "the verb as a whole ends as its phase did");
            Assert.That(result.Error, Does.Contain($"deployment {record.Id} is kept{machines}\n"));
            Assert.That(result.Error, Does.Contain($"  resume:  tfgrid-compose up {_lab.App}\n"));
            Assert.That(result.Error, Does.Contain($"  remove:  tfgrid-compose down {record.Id}\n"));
            Assert.That(result.Error, Does.EndWith($"log: {_lab.Folder.Log}\n"));
            Assert.That(File.ReadAllText(_lab.Folder.Log), Does.Contain($"error {codes.Split(' ')[0]}"));
        });
    }

    private void CreateAContract() => _lab.Write(
        "fakes/state.json",
        """{"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"4711","node":2}}]}]}""");

    private Task<CliResult> UpAsync(params string[] more) => _lab.RunAsync(["up", _lab.App, "--grid", "local", .. more]);
}
