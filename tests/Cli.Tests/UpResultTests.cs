namespace TfgridCompose.Cli.Tests;

/// <summary>What people and scripts are told of an <c>up</c> that succeeded.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UpResultTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task An_unknown_key_is_a_warning_with_the_nearest_and_stops_nothing()
    {
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memry: 512", StringComparison.Ordinal));

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Problems, Has.Count.EqualTo(1));
        Assert.That(result.Problems[0], Does.StartWith($"warning TFC0229 at {_lab.App}/tfgrid-compose.yaml:4:18: ").And.Contain("memry"));
        Assert.That(result.Remedies[0], Does.Contain("memory"));
    }

    [Test]
    public async Task What_was_understood_is_printed()
    {
        Assert.That((await UpAsync()).Error, Does.Contain("config.memory").And.Contain("512 MB"));
    }

    [Test]
    public async Task Results_are_json_where_asked_for()
    {
        CliResult up = await UpAsync("--output", "json");
        CliResult status = await _lab.RunAsync("status", "hello", "--output", "json");
        CliResult address = await _lab.RunAsync("address", "hello", "--output", "json");
        CliResult outputs = await _lab.RunAsync("outputs", "hello", "--output", "json");

        Assert.Multiple(() =>
        {
            Assert.That(up.Json.GetProperty("status").GetString(), Is.EqualTo("running"));
            Assert.That(up.Json.TryGetProperty("seed", out _), Is.False);
            Assert.That(status.Json.GetProperty("seen").GetProperty("ssh vm").GetString(), Is.EqualTo($"answers at {_lab.Address}"));
            Assert.That(
                address.Json.GetProperty("hosts")[0].GetProperty("addresses")[0].GetProperty("ip").GetString(),
                Is.EqualTo(_lab.Address));
            Assert.That(outputs.Json.GetProperty("node_ids").GetString(), Is.EqualTo("2"));
        });
    }

    [Test]
    public async Task The_result_is_on_stdout_and_nothing_else_is()
    {
        CliResult up = await UpAsync("--debug");

        Assert.That(
            up.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]),
            Is.EqualTo(["deployment", "status", "pattern", "vm"]));
    }

    [Test]
    public async Task One_output_is_printed_alone()
    {
        await UpAsync();

        Assert.That((await _lab.RunAsync("outputs", "hello", "--key", "network_name")).Out, Is.EqualTo("net_hello\n"));
        (await _lab.RunAsync("outputs", "hello", "--key", "nothing")).AssertFailed(
            2,
            "TFC0103",
            "has no output 'nothing'",
            "primary_ip, primary_ip_type");
    }

    [Test]
    public async Task Moved_and_deleted_apps_are_still_reached_by_id()
    {
        await UpAsync();
        Directory.Delete(_lab.App, recursive: true);
        string id = _lab.Record.Id;

        Assert.That((await _lab.RunAsync("status", id[..4])).ExitCode, Is.Zero);
        CliResult down = await _lab.RunAsync("down", id, "--yes");

        Assert.That(down.ExitCode, Is.Zero, down.Error);
        Assert.That(Directory.GetDirectories(_lab.State.Deployments), Is.Empty);
    }

    private Task<CliResult> UpAsync(params string[] more) => _lab.RunAsync(["up", _lab.App, "--grid", "local", .. more]);
}
