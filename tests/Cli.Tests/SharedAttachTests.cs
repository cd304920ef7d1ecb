using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>A deployment of another machine, with the real Terraform and a server for its http backend.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedAttachTests : IDisposable
{
    private const string OwnKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0";
    private readonly CliLab _lab = new();
    private readonly HttpBackend _server = new();

    private string Place => $"{_server.Address}/tfgrid-compose.hello.hello";

    public void Dispose()
    {
        _server.Dispose();
        _lab.Dispose();
    }

    [SetUp]
    public void Prepare()
    {
        _lab.UseRealTerraform();
        _lab.WriteManifest($"{CliLab.Manifest}state: {{backend: http, config: {{address: '{_server.Address}'}}}}\n");
    }

    [Test]
    public async Task Without_a_backend_there_is_nothing_to_attach_to()
    {
        _lab.WriteManifest(CliLab.Manifest);

        (await _lab.RunAsync("attach", _lab.App, "--trust")).AssertFailed(
            2,
            SharedStateCodes.NotShared,
            $"Neither {_lab.App}/tfgrid-compose.yaml nor config.yaml names a state backend, so there is nothing to attach to.",
            "add `state: {backend: ..., config: ...}` as on the machine that created the deployment (docs/shared-state.md)");
    }

    [Test]
    public async Task A_backend_without_the_deployment_says_what_to_do()
    {
        (await _lab.RunAsync("attach", _lab.App, "--trust", "--name", "staging")).AssertFailed(
            7,
            SharedStateCodes.NothingToAttach,
            $"{_server.Address}/tfgrid-compose.hello.staging holds no deployment 'staging' of hello.",
            "give --name as on the machine that created it, or create it here: tfgrid-compose up");
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task A_plan_does_not_fetch_what_was_never_attached()
    {
        Share(OwnKey);

        (await _lab.RunAsync("plan", _lab.App, "--trust")).AssertFailed(
            7,
            SharedStateCodes.NotAttached,
            $"{Place} holds hello (abc123xyz), which is not attached here yet, so there is nothing to plan from.",
            "fetch it: tfgrid-compose attach hello (APP is the app's folder here), then plan again");
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task Where_the_machines_know_a_key_of_this_user_there_is_no_warning()
    {
        Share(OwnKey);

        CliResult attached = await _lab.RunAsync("attach", _lab.App, "--trust");

        Assert.That((attached.ExitCode, attached.Problems), Is.EqualTo((0, Array.Empty<string>())), attached.Error);
        Assert.That(_lab.Record.AppPath, Is.EqualTo(_lab.App));
    }

    [Test]
    public async Task After_attach_plain_Terraform_works_in_the_deployments_folder()
    {
        Share(OwnKey);

        CliResult attached = await _lab.RunAsync("attach", _lab.App, "--trust");

        Assert.That(attached.ExitCode, Is.Zero, attached.Error);
        string initialised = Path.Combine(_lab.Folder.Terraform, ".terraform", "terraform.tfstate");
        Assert.That(initialised, Does.Exist, "Terraform's init writes there which backend holds the state");
        Assert.That(File.ReadAllText(initialised), Does.Contain($"\"{Place}\""));
    }

    [Test]
    public async Task Where_the_machines_know_no_key_of_this_user_attach_warns_and_ssh_is_refused()
    {
        const string Message = "The machines of hello (abc123xyz) accept none of this user's SSH keys.";
        const string Remedy = "add the line of your ~/.ssh/id_*.pub to `ssh_keys: [...]` in the app's manifest and run "
            + "`tfgrid-compose up` on a machine that can log in";
        Share("ssh-ed25519 SOMEBODY-ELSES");

        CliResult attached = await _lab.RunAsync("attach", _lab.App, "--trust");

        Assert.That(attached.ExitCode, Is.Zero, attached.Error);
        Assert.That(attached.Problems, Is.EqualTo([$"warning {SharedStateCodes.NoKeyForMachines}: {Message}"]));
        Assert.That(attached.Remedies, Is.EqualTo([Remedy]));
        (await _lab.RunAsync("exec", "hello", "--", "true")).AssertFailed(3, SharedStateCodes.NoKeyForMachines, Message, Remedy);
    }

    // As another machine's `up` leaves it.
    private void Share(string authorizedKey)
    {
        var record = new DeploymentRecord
        {
            Id = "abc123xyz",
            Name = "hello",
            AppName = "hello",
            AppPath = "/home/bob/hello",
            PatternName = "single-vm",
            Grid = "local",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            IpRange = "10.42.0.0/16",
            Seed = new string('0', 64),
            Status = DeploymentStatus.Running,
            AuthorizedKeys = [authorizedKey],
            SharedState = new RecordedBackend("http", Place, "rm"),
            Hosts = [new RecordedHost { Name = "vm", Role = "vm", SshAddress = _lab.Address }],
        };
        _server.States["/tfgrid-compose.hello.hello.record"] =
            Encoding.UTF8.GetBytes(new RecordEnvelope("", 0, null).Next(new SharedPayload { Record = record }));
    }
}
