using System.Text.Json;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Trust;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DoctorTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_machine_that_has_everything_passes()
    {
        CliResult result = await _lab.RunAsync("doctor");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        string[] lines = result.Out.Split('\n');
        Assert.That(lines[0], Is.EqualTo($"ok    terraform         Terraform v1.9.9 at {_lab.Tools}/terraform"));
        Assert.That(lines[1], Does.StartWith("note  state encryption  Terraform does not encrypt states"));
        Assert.That(lines[2], Does.StartWith("                        -> use OpenTofu, or a backend that encrypts"));
        Assert.That(lines[3..], Is.EqualTo([
            $"ok    ansible           {_lab.Tools}/ansible-playbook",
            $"ok    ssh               {_lab.Tools}/ssh",
            $"ok    ssh key           {_lab.Home}/.ssh/id_ed25519",
            $"ok    wireguard         {_lab.Tools}/wg-quick",
            "ok    local grid        has everything it needs",
            "ok    shared state      no backend is named, so state is kept on this machine",
            "",
        ]));
    }

    [Test]
    public async Task What_is_missing_fails_with_a_way_to_install_it()
    {
        _lab.RemoveTool("ansible-playbook");
        _lab.RemoveTool("terraform");

        CliResult result = await _lab.RunAsync("doctor");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((3, "")));
        Assert.That(
            result.Out,
            Does.Match(@"\Afailed  terraform         neither tofu nor terraform is installed\n +-> install "
                + @"OpenTofu: https://opentofu\.org"));
        Assert.That(result.Out, Does.Match(@"\nfailed  ansible           ansible-playbook is not installed\n +-> .* ansible-core\n"));
        Assert.That(result.Out, Does.Contain("\nok      ssh  "), "the others are checked all the same");
    }

    [Test]
    public async Task A_key_that_no_login_can_use_fails()
    {
        string key = Path.Combine(_lab.Home, ".ssh", "id_ed25519");
        TestKey.Write(key, cipher: "aes256-ctr");

        CliResult result = await _lab.RunAsync("doctor");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Out, Does.Contain($"failed  ssh key           The SSH key {key} has a passphrase"));
    }

    [Test]
    public async Task Scripts_get_the_checks_as_json()
    {
        File.Delete(Path.Combine(_lab.Home, ".ssh/id_ed25519.pub"));

        CliResult result = await _lab.RunAsync("doctor", "--output", "json");

        JsonElement[] checks = [.. result.Json.EnumerateArray()];
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(
            checks.Select(check => $"{check.GetProperty("name").GetString()}: {check.GetProperty("status").GetString()}"),
            Is.EqualTo([
                "terraform: ok", "state encryption: note", "ansible: ok", "ssh: ok", "ssh key: failed", "wireguard: ok", "local grid: ok",
                "shared state: ok",
            ]));
        Assert.That(checks[0].GetProperty("message").GetString(), Is.EqualTo($"Terraform v1.9.9 at {_lab.Tools}/terraform"));
        Assert.That(checks[0].GetProperty("fix").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(checks[4].GetProperty("fix").GetString(), Does.Contain("ssh-keygen"));
    }

    [TestCase("app", "hello.hello", TestName = "The backend of the app that is named is checked")]
    [TestCase("folder", "hello.hello", TestName = "The backend of the app in the current folder is checked")]
    [TestCase("context", "hello.hello", TestName = "The backend of the context file's app is checked")]
    [TestCase("config", "doctor.doctor", TestName = "The backend of the user's configuration is checked")]
    public async Task A_backend_is_checked(string where, string key)
    {
        const string State = "state: {backend: http, config: {address: 'http://127.0.0.1:9'}}\n";
        _lab.Write(
            where == "config" ? "home/.tfgrid-compose/config.yaml" : "hello/tfgrid-compose.yaml",
            where == "config" ? State : CliLab.Manifest + State);
        _lab.CurrentFolder = where == "folder" ? _lab.App : _lab.Work;
        if (where == "context")
        {
            _lab.Write("work/.tfgrid-compose.yaml", "app: ../hello\n");
        }

        if (where != "config")
        {
            CliResult strange = await _lab.RunAsync("doctor", _lab.App);
            Assert.That(strange.Out, Does.Contain("not checked: you have not agreed to the state backend").And.Not.Contain("answers"));
            Assert.That(_lab.Calls.Where(call => call.StartsWith("terraform init", StringComparison.Ordinal)), Is.Empty);
            TrustBackend();
        }

        CliResult result = await _lab.RunAsync(where == "app" ? ["doctor", "../hello"] : ["doctor"]);

        Assert.That(result.ExitCode, Is.Zero, result.Out);
        Assert.That(result.Out, Does.EndWith($"\nok    shared state      http://127.0.0.1:9/tfgrid-compose.{key} answers\n"));
    }

    // As `--trust` once did.
    private void TrustBackend() => new TrustedApps(new DeploymentStore(_lab.State, TimeProvider.System)).Add(
        _lab.App,
        [
            .. AppCode.StateOf(ManifestFile.Load(_lab.App).Manifest).Parts
                .Select(part => TrustedPart.Of(part, DateTimeOffset.UnixEpoch)),
        ]);
}
