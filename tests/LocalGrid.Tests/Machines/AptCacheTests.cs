using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AptCacheTests : IDisposable
{
    private const string Archives = "var/cache/apt/archives";

    private readonly FakeComputer _computer = new();

    private AptCache Cache => new(_computer.Paths);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_package_of_one_machine_is_in_the_archives_of_the_next()
    {
        _computer.Write($"/grid/machines/tfl-v1/upper/{Archives}/nginx.deb", "nginx");
        _computer.Write($"/grid/machines/tfl-v1/upper/{Archives}/partial/half.deb", "ha");
        _computer.Write($"/grid/machines/tfl-v1/upper/{Archives}/lock", "");
        _computer.MakeFolder("/grid/machines/tfl-v2/upper");

        Cache.HarvestAll();
        Cache.Fill(new GuestFiles(_computer.In("/next"), _computer.Computer));

        Assert.That(Names("/grid/cache/apt"), Is.EqualTo(new[] { "nginx.deb" }));
        Assert.That(Names($"/next/{Archives}"), Is.EqualTo(new[] { "nginx.deb" }));
        Assert.That(_computer.Read($"/next/{Archives}/nginx.deb"), Is.EqualTo("nginx"));
    }

    // A package may be setuid.
    [Test]
    public void Only_root_enters_the_cache()
    {
        _computer.Write($"/machine/upper/{Archives}/nginx.deb", "nginx");
        _computer.MakeFolder("/grid/cache/apt");

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(
            File.GetUnixFileMode(_computer.In("/grid/cache/apt")) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute),
            Is.EqualTo(UnixFileMode.None));
    }

    [Test]
    public void A_package_that_the_cache_has_stays_as_it_is()
    {
        _computer.Write("/grid/cache/apt/nginx.deb", "first");
        _computer.Write($"/machine/upper/{Archives}/nginx.deb", "second");

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(_computer.Read("/grid/cache/apt/nginx.deb"), Is.EqualTo("first"));
    }

    [Test]
    public void Without_packages_and_machines_nothing_is_made()
    {
        Cache.HarvestAll();
        Cache.Harvest(_computer.In("/machine"));
        Cache.Fill(new GuestFiles(_computer.In("/next"), _computer.Computer));

        Assert.That(_computer.In("/grid/cache"), Does.Not.Exist);
        Assert.That(_computer.In("/next"), Does.Not.Exist);
    }

    private IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(_computer.In(folder)).Select(path => Path.GetFileName(path));
}
