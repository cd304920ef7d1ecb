using TfgridCompose.Core.Foundation.Codes;

namespace TfgridCompose.Cli.Tests;

/// <summary>What a request is made from is read once: a second look could see something else.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform("Linux")]
public sealed class ReadOnceTests : IDisposable
{
    private readonly CliLab _lab = new();

    public ReadOnceTests() => _lab.StartMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase("up")]
    [TestCase("plan")]
    public async Task Manifest_and_configuration_are_read_once(string verb)
    {
        using var manifest = new WatchedFile(Path.Combine(_lab.App, "tfgrid-compose.yaml"), CliLab.Manifest);
        using var config = new WatchedFile(Path.Combine(_lab.State.Path, "config.yaml"), "grid: local\n");

        CliResult result = await _lab.RunAsync(verb, _lab.App);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That((manifest.Reads, config.Reads), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Also_where_a_pattern_is_offered()
    {
        using var manifest = new WatchedFile(
            Path.Combine(_lab.App, "tfgrid-compose.yaml"),
            CliLab.Manifest.Replace(
                "pattern: single-vm",
                "pattern: {name: absent, package: TfgridPattern.Absent}",
                StringComparison.Ordinal));

        CliResult result = await _lab.AnswerAsync("n\n", interactive: true, "up", _lab.App, "--grid", "local");

        Assert.That(result.Problems.Single(), Does.Contain(PackageCodes.NotInstalled));
        Assert.That(manifest.Reads, Is.EqualTo(1));
    }
}
