using System.Diagnostics;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Machines;

/// <summary>gpgv is a fake here: it believes what begins with the mark of a signed text.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AptCacheTests : IDisposable
{
    private const string Archives = DownloadedPackage.Archives;
    private const string Nginx = "nginx_1%3a1.22_amd64.deb";

    private readonly FakeComputer _computer = new();

    private IEnumerable<string> Cached => Directory.Exists(_computer.In("/grid/cache/packages")) ? Names("/grid/cache/packages") : [];

    private int Asked => _computer.Tools.Commands.Count(command => command.StartsWith("timeout 10 gpgv", StringComparison.Ordinal));

    private AptCache Cache => new(_computer.Paths, _computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_package_of_one_machine_is_a_copy_in_the_archives_of_the_next()
    {
        Package("/grid/machines/tfl-v1", Nginx, "nginx");
        _computer.Write($"/grid/machines/tfl-v1/upper/{Archives}/partial/half.deb", "ha");
        _computer.Write($"/grid/machines/tfl-v1/upper/{Archives}/lock", "");
        _computer.MakeFolder("/grid/machines/tfl-v2/upper");

        Cache.HarvestAll();
        Cache.Fill(new GuestFiles(_computer.In("/next"), _computer.Computer));
        File.AppendAllText(_computer.In($"/next/{Archives}/{Nginx}"), " changed");
        File.AppendAllText(_computer.In($"/grid/machines/tfl-v1/upper/{Archives}/{Nginx}"), " changed");

        Assert.That(Names("/grid/cache/packages"), Is.EqualTo(new[] { Nginx }));
        Assert.That(Names($"/next/{Archives}"), Is.EqualTo(new[] { Nginx }));
        Assert.That(_computer.Read($"/grid/cache/packages/{Nginx}"), Is.EqualTo("nginx"), "no machine writes into it");
        Assert.That(_computer.Read($"/next/{Archives}/{Nginx}"), Is.EqualTo("nginx changed"));
    }

    [Test]
    public void Only_root_enters_the_cache_and_nothing_in_it_is_setuid()
    {
        Package("/machine", Nginx, "nginx");
        File.SetUnixFileMode(_computer.In($"/machine/upper/{Archives}/{Nginx}"), (UnixFileMode)0b110_111_111_111);
        _computer.MakeFolder("/grid/cache/packages");

        Cache.Harvest(_computer.In("/machine"));
        Cache.Fill(new GuestFiles(_computer.In("/next"), _computer.Computer));

        const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
        Assert.That(
            File.GetUnixFileMode(_computer.In("/grid/cache/packages")) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute),
            Is.EqualTo(UnixFileMode.None));
        Assert.That(File.GetUnixFileMode(_computer.In($"/grid/cache/packages/{Nginx}")), Is.EqualTo(Readable));
        Assert.That(File.GetUnixFileMode(_computer.In($"/next/{Archives}/{Nginx}")), Is.EqualTo(Readable));
    }

    /// <summary>As a machine would exchange a package for one of its own, of the same size.</summary>
    [Test]
    public void A_package_that_is_not_what_the_distribution_signed_stays_out()
    {
        Package("/machine", Nginx, "nginx");
        _computer.Write($"/machine/upper/{Archives}/{Nginx}", "NGINX");
        _computer.Write($"/machine/upper/{Archives}/own_1_amd64.deb", "own");

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.Empty);
    }

    [Test]
    public void A_list_that_is_not_signed_is_not_believed()
    {
        Package("/machine", Nginx, "nginx");
        _computer.Tools.Answer("timeout 10 gpgv", exitCode: 2);

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.Empty);
    }

    [Test]
    public void A_list_that_the_signed_one_does_not_name_is_not_believed()
    {
        Package("/machine", Nginx, "nginx");
        string lists = "/machine/upper/var/lib/apt/lists/a_Packages";
        _computer.Write(lists, _computer.Read(lists).Replace("Size: 5", "Size: 05", StringComparison.Ordinal));

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.Empty);
    }

    /// <summary>A text before the signed one, or a second one, is how signatures were got round before.</summary>
    [TestCase("", 1)]
    [TestCase("SHA256:\n", 0)]
    [TestCase(DownloadedPackage.Begin, 0)]
    public void A_release_with_more_than_one_signed_text_is_not_even_asked_about(string before, int asked)
    {
        Package("/machine", Nginx, "nginx");
        string release = "/machine/upper/var/lib/apt/lists/a_InRelease";
        _computer.Write(release, before + _computer.Read(release));

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Asked, Is.EqualTo(asked));
    }

    [TestCase("var")]
    [TestCase("var/cache")]
    [TestCase("var/cache/apt")]
    [TestCase(Archives)]
    [TestCase($"{Archives}/{Nginx}")]
    [TestCase("var/lib/apt/lists")]
    [TestCase("var/lib/apt/lists/a_InRelease")]
    [TestCase("var/lib/apt/lists/a_Packages")]
    public void No_link_of_a_machine_is_followed(string link)
    {
        Package("/machine", Nginx, "nginx");
        string path = _computer.In($"/machine/upper/{link}");
        Directory.Move(path, _computer.In("/elsewhere"));
        File.CreateSymbolicLink(path, _computer.In("/elsewhere"));

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.Empty);
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_pipe_instead_of_a_package_or_a_list_does_not_make_it_wait()
    {
        Package("/machine", Nginx, "nginx");
        string[] files = [$"{Archives}/{Nginx}", "var/lib/apt/lists/b_InRelease", "var/lib/apt/lists/b_Packages"];
        foreach (string file in files)
        {
            File.Delete(_computer.In($"/machine/upper/{file}"));
            using var make = Process.Start("mkfifo", _computer.In($"/machine/upper/{file}"));
            make.WaitForExit();
        }

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.Empty);
    }

    [Test]
    public void A_package_that_the_cache_has_stays_as_it_is_and_nothing_is_asked()
    {
        _computer.Write($"/grid/cache/packages/{Nginx}", "first");
        Package("/machine", Nginx, "second");

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(_computer.Read($"/grid/cache/packages/{Nginx}"), Is.EqualTo("first"));
        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    [Test]
    public void A_package_that_stayed_out_is_not_looked_at_again()
    {
        Package("/machine", Nginx, "nginx");
        _computer.Write($"/machine/upper/{Archives}/own_1_amd64.deb", "own");
        Cache.Harvest(_computer.In("/machine"));
        _computer.Tools.Clear();

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    [Test]
    public void The_cache_keeps_a_gigabyte_and_the_oldest_go()
    {
        Package("/machine", Nginx, "nginx");
        foreach (string name in (string[])["older.deb", "old.deb"])
        {
            _computer.Write($"/grid/cache/packages/{name}", "");
            using FileStream sparse = File.OpenWrite(_computer.In($"/grid/cache/packages/{name}"));
            sparse.SetLength(600 << 20);
        }

        File.SetLastWriteTimeUtc(_computer.In("/grid/cache/packages/older.deb"), DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(_computer.In("/grid/cache/packages/old.deb"), DateTime.UnixEpoch.AddDays(1));

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached, Is.EquivalentTo(new[] { Nginx, "old.deb" }));
    }

    [Test]
    public void Of_a_machine_with_a_hundred_releases_64_are_checked()
    {
        Package("/machine", Nginx, "nginx");
        for (int i = 0; i < 100; i++)
        {
            _computer.Write($"/machine/upper/var/lib/apt/lists/{i}_InRelease", DownloadedPackage.Begin);
        }

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Asked, Is.InRange(63, 64));
    }

    [TestCase("bookworm-security", 1)]
    [TestCase("bullseye", 0)]
    public void Only_a_release_of_this_computers_suite_counts(string codename, int cached)
    {
        Package("/machine", Nginx, "nginx");
        string release = _computer.Read("/machine/upper/var/lib/apt/lists/a_InRelease")[DownloadedPackage.Begin.Length..];
        _computer.Tools.Answer("timeout 10 gpgv", output: release.Replace("bookworm", codename, StringComparison.Ordinal));

        Cache.Harvest(_computer.In("/machine"));

        Assert.That(Cached.Count(), Is.EqualTo(cached));
    }

    /// <summary>Its packages were hard links of machines' files.</summary>
    [Test]
    public void The_cache_of_an_older_build_is_thrown_away()
    {
        _computer.Write("/grid/cache/apt/x_1_all.deb", "x");
        _computer.MakeFolder("/grid/machines/tfl-v1/upper");

        Cache.HarvestAll();
        Cache.Fill(new GuestFiles(_computer.In("/next"), _computer.Computer));

        Assert.That(_computer.In("/grid/cache/apt"), Does.Not.Exist);
        Assert.That(_computer.In("/next"), Does.Not.Exist);
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

    private void Package(string machine, string file, string content) => DownloadedPackage.Put(_computer, machine, file, content);

    private IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(_computer.In(folder)).Select(path => Path.GetFileName(path));
}
