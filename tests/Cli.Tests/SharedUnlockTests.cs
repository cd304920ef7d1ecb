using System.Text;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>Holds in a backend, with the real Terraform and a server for its http backend.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedUnlockTests : IDisposable
{
    private const string Record = "/tfgrid-compose.hello.hello.record";
    private static readonly SharedHolder Colleague = new(
        "bob",
        "desk",
        "/home/bob/.tfgrid-compose",
        7,
        "tfgrid-compose up",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CliLab _lab = new();
    private readonly HttpBackend _server = new();

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
    public async Task A_claim_of_another_machine_that_is_gone_is_removed_without_a_record_here_and_only_by_force()
    {
        Hold(Colleague);

        (await _lab.RunAsync("unlock", _lab.App, "--trust", "--yes")).AssertFailed(
            2,
            "TFC0104",
            "Held by another machine, where it may still be running: the shared record's hold, 'tfgrid-compose up' (process 7 of "
                + "bob on desk",
            "add --force");
        Assert.That(Holder(), Is.EqualTo(Colleague));
        Assert.That(
            (await _lab.AnswerAsync("n\n", interactive: true, "unlock", _lab.App, "--trust")).Error,
            Does.Contain("may still be running").And.Not.Contain("died").And.Contain("nothing was done"));
        CliResult result = await _lab.RunAsync("unlock", _lab.App, "--trust", "--yes", "--force");

        Assert.That((result.ExitCode, Holder()), Is.EqualTo((0, (SharedHolder?)null)), result.Error);
        Assert.That(
            result.Out,
            Does.StartWith($"unlocked {_server.Address}/tfgrid-compose.hello.hello: the shared record's hold, 'tfgrid-compose "
                + "up' (process 7 of bob on desk"));
        Assert.That((await _lab.RunAsync("unlock", _lab.App, "--trust")).Out, Does.Contain("is not locked"));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(_lab.State.Path, "shared")), Is.Empty);
    }

    [Test]
    public async Task The_names_place_is_looked_up_and_a_dead_process_of_this_machine_needs_no_force()
    {
        Hold(Colleague with { Host = Environment.MachineName, ProcessId = 2_000_000_000 });

        Assert.That(
            (await _lab.RunAsync("unlock", _lab.App, "--trust", "--name", "staging", "--yes")).Out,
            Does.Contain("tfgrid-compose.hello.staging is not locked"));
        CliResult result = await _lab.RunAsync("unlock", _lab.App, "--trust", "--yes");

        Assert.That((result.ExitCode, Holder()), Is.EqualTo((0, (SharedHolder?)null)), result.Error);
    }

    [Test]
    public async Task Where_no_manifest_names_a_backend_there_is_no_deployment()
    {
        _lab.WriteManifest(CliLab.Manifest);

        (await _lab.RunAsync("unlock", _lab.App, "--trust", "--yes")).AssertFailed(
            7, "TFC0702", "There is no deployment", "tfgrid-compose up");
    }

    private void Hold(SharedHolder holder) =>
        _server.States[Record] = Encoding.UTF8.GetBytes(new RecordEnvelope("", 0, null).Next(new SharedPayload { Holder = holder }));

    private SharedHolder? Holder() =>
        RecordEnvelope.Parse(Encoding.UTF8.GetString(_server.States[Record]), "the test's server").Payload?.Holder;
}
