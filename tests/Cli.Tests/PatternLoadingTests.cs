namespace TfgridCompose.Cli.Tests;

/// <summary>Which plugins' code comes into the process.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternLoadingTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Up_loads_only_the_plugin_that_it_needs()
    {
        string[] bystanders = [_lab.InstallDisguised("first"), _lab.InstallDisguised("second")];

        Assert.That(
            (await _lab.RunAsync("patterns", "list")).Out,
            Does.Match(@"\nfirst +1\.").And.Match(@"\nsecond +1\.").And.Not.Contain("not usable"));
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);

        string[] loaded =
        [
            .. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.Location),
        ];
        Assert.That(
            loaded,
            Has.Some.StartsWith(Path.Combine(AppContext.BaseDirectory, "plugins", "single-vm")),
            "the one that the app asks for");
        Assert.That(loaded.Where(location => bystanders.Any(folder => location.StartsWith(folder, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public async Task Listing_and_showing_load_none()
    {
        string folder = _lab.InstallDisguised("first");

        await _lab.RunAsync("patterns", "list");
        Assert.That((await _lab.RunAsync("patterns", "show", "first")).ExitCode, Is.Zero);

        Assert.That(
            AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic
                && assembly.Location.StartsWith(folder, StringComparison.Ordinal)), Is.Empty);
    }
}
