using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Tests;

/// <summary>Something is there already: another run, the same deployment on another grid, or a file where the link goes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UpBesideOthersTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_deployment_in_use_says_by_whom()
    {
        using var held = DeploymentLock.Take(
            _lab.State, _lab.App, "hello", new LockHolder(
                "ann",
                "her-laptop",
                4711,
                "tfgrid-compose up hello",
                new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

        CliResult result = await UpAsync();

        result.AssertFailed(
            7,
            "TFC0701",
            "hello is in use by 'tfgrid-compose up hello' (process 4711 of ann on her-laptop, since 2026-01-02 03:04:05 UTC)",
            "wait until it has ended");
        Assert.That(_lab.Calls, Is.Empty);
        Assert.That(Directory.GetDirectories(_lab.State.Deployments), Is.Empty);
    }

    [Test]
    public async Task Another_grid_for_the_same_deployment_is_refused()
    {
        _lab.StartMachine();
        await UpAsync();
        int calls = _lab.Calls.Count;

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "main");

        result.AssertFailed(7, "TFC0707", "runs on the grid 'local', not 'main'", "--name");
        Assert.That(_lab.Calls, Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task A_file_in_the_links_place_is_a_warning()
    {
        _lab.StartMachine();
        _lab.Write("hello/.tfgrid-compose", "mine\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Problems.Single(), Does.StartWith("warning TFC0708: "));
        Assert.That(File.ReadAllText(Path.Combine(_lab.App, ".tfgrid-compose")), Is.EqualTo("mine\n"));
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--grid", "local");
}
