using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>
/// Spoiled packages, in a seeded order: each is installed whole or refused with a diagnostic, and nothing else happens. The number is
/// TFC_FUZZ_PACKAGES, 1,000 without it; bench/fuzz-packages.sh asks for more.
/// </summary>
[Category("Slow")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageFuzzTests : IDisposable
{
    private const int Seed = 20260101;
    private const int LockedEvery = 5;
    private const int FolderEvery = 10;
    private const string Taken = "taken";
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _outcomes = new(StringComparer.Ordinal);
    private readonly string _marker = $"escaped-{Guid.NewGuid():N}";
    private readonly PackageLab _lab = new()
    {
        Limits = new PackageLimits { PackageBytes = 4 << 20, FileBytes = 2 << 20, TotalBytes = 3 << 20, Entries = 400 },
    };
    private readonly LoopbackFeed _feed = new();

    public PackageFuzzTests()
    {
        _lab.CopyByHand(_lab.BuiltInRoot, folder: Taken);
        PluginFolders.Describe(Path.Combine(_lab.BuiltInRoot, Taken), "name", Taken);
    }

    public void Dispose()
    {
        _feed.Dispose();
        _lab.Dispose();
    }

    [Test]
    public async Task Spoiled_packages_are_installed_whole_or_refused()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("TFC_FUZZ_PACKAGES") ?? "1000", CultureInfo.InvariantCulture);
        var random = new Random(Seed);
        using X509Certificate2 certificate = TestPackage.NewCertificate("Acme");
        var mutations = new PackageMutations(random, TestPackage.Sign(new TestPackage().Bytes(), certificate), _marker);
        string surroundings = Surroundings();
        for (int i = 0; i < count; i++)
        {
            (string kind, Func<PackageMutations, byte[]> make) = PackageMutations.All[i % PackageMutations.All.Count];
            byte[] package = make(mutations);
            string what = $"number {i} of seed {Seed}: {kind}";
            bool isLocked = i % LockedEvery == 0;
            if (isLocked)
            {
                await InstallAsync(new TestPackage().Bytes(), folder: false);
            }

            string outcome = await TryAsync(package, folder: i % FolderEvery == 1, what);
            Count(kind, outcome);
            Check(package, outcome, isLocked, what);
            Assert.That(Surroundings(), Is.EqualTo(surroundings), what);
            Clear();
        }

        TestContext.Out.WriteLine(Table(count));
        Assert.That(_outcomes["unchanged"].Keys, Is.EquivalentTo(new[] { "installed" }), "the package that is spoiled is good");
        Assert.That(_outcomes[PackageMutations.UnchangedFolder].Keys, Does.Contain("installed"), "so is the folder pattern");
        Assert.That(_outcomes["link"].Keys.Append(PackageCodes.OtherHash), Has.None.EqualTo("installed"));
    }

    private async Task<string> TryAsync(byte[] package, bool folder, string what)
    {
        try
        {
            await InstallAsync(package, folder);
            return "installed";
        }
        catch (DiagnosticException problem)
        {
            Assert.That(problem.Diagnostics, Has.Count.EqualTo(1), what);
            Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Pattern), $"{what}: {problem.Message}");
            Assert.That(problem.Message.Where(char.IsControl), Is.Empty, what);
            return problem.Diagnostics[0].Code;
        }
        catch (Exception crash)
        {
            throw new AssertionException($"{what}: {crash}");
        }
    }

    private async Task InstallAsync(byte[] package, bool folder)
    {
        if (folder)
        {
            _lab.Publish(package);
        }
        else
        {
            _feed.Add("1.0.0", package);
        }

        await _lab.InstallAsync("1.0.0", folder ? _lab.Feed : _feed.Index);
    }

    // Whatever came of it, what is there now is a whole pattern that the lock tells the truth about.
    private void Check(byte[] package, string outcome, bool wasLocked, string what)
    {
        Assert.That(_lab.LeftBehind, Is.Empty, what);
        if (outcome != "installed" && !wasLocked)
        {
            Assert.That(Directory.GetFileSystemEntries(_lab.Home.Plugins), Is.Empty, what);
            return;
        }

        LockedPattern entry = PatternsLock.Read(_lab.Home).Patterns.Single();
        byte[] expected = outcome == "installed" ? package : new TestPackage().Bytes();
        Assert.That(entry.Sha512, Is.EqualTo(Convert.ToHexStringLower(SHA512.HashData(expected))), what);
        string folder = Directory.GetFileSystemEntries(_lab.Home.Plugins).Single();
        Assert.That(Path.GetFileName(folder), Is.EqualTo(entry.Name), what);
        PatternCatalogEntry installed = PluginCatalog.Open(folder);
        PluginDescriptor descriptor = installed.Descriptor!;
        Assert.That(installed.Problem, Is.Null, what);
        Assert.That(
            installed.Kind == PatternKind.Folder
                || Convert.ToHexStringLower(SHA256.HashData(
                    File.ReadAllBytes(Path.Combine(folder, descriptor.Assembly)))) == descriptor.Sha256,
            what);
        Assert.That(
            Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(
                path => new FileInfo(path).LinkTarget is not null),
            Is.Empty,
            what);
        Assert.That(entry.Name, Is.Not.EqualTo(Taken), what);
        Assert.That(
            wasLocked && outcome == "installed" && !package.AsSpan().SequenceEqual(new TestPackage().Bytes()),
            Is.False,
            $"{what}: installed against the lock");
    }

    // All of the user's files but the plugins folder and the lock; and the places that a hostile name aims at.
    private string Surroundings()
    {
        var text = new StringBuilder();
        foreach (string path in Directory.EnumerateFileSystemEntries(_lab.Root, "*", SearchOption.AllDirectories).Order(
            StringComparer.Ordinal))
        {
            bool expected = path.StartsWith(_lab.Home.Path, StringComparison.Ordinal)
                && (path == _lab.Home.Path || path == _lab.Home.Deployments || path == _lab.Home.PatternsLock
                    || path.StartsWith(_lab.Home.Plugins, StringComparison.Ordinal) || path.StartsWith(
                        _lab.Home.Locks,
                        StringComparison.Ordinal));
            text.Append(expected || path.StartsWith(_lab.Feed, StringComparison.Ordinal) ? "" : $"{path}\n");
        }

        string[] aims =
        [
            "/",
            Path.GetTempPath(),
            Environment.CurrentDirectory,
            Path.GetDirectoryName(_lab.Root)!,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ];
        return text + string.Concat(aims.SelectMany(folder => Directory.GetFileSystemEntries(folder, $"*{_marker}*")));
    }

    private void Clear()
    {
        foreach (string folder in Directory.GetDirectories(_lab.Home.Plugins))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(_lab.Home.PatternsLock);
    }

    private void Count(string kind, string outcome)
    {
        if (!_outcomes.TryGetValue(kind, out SortedDictionary<string, int>? row))
        {
            _outcomes[kind] = row = new(StringComparer.Ordinal);
        }

        row[outcome] = row.GetValueOrDefault(outcome) + 1;
    }

    private string Table(int count)
    {
        var text = new StringBuilder($"{count} packages, seed {Seed}\n");
        foreach ((string kind, SortedDictionary<string, int> row) in _outcomes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{kind,-28}  installed {row.GetValueOrDefault("installed"),5}  ");
            text.AppendJoin("  ", row.Where(cell => cell.Key != "installed").Select(cell => $"{cell.Key} {cell.Value}")).Append('\n');
        }

        return text.ToString();
    }
}
