using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Tests.Plugins.Loading;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>
/// Spoiled packages, in a seeded order: each is installed whole or refused with a diagnostic, and nothing else happens. They are 1,000 of
/// the suite's cases; bench/attack.sh asks for more.
/// </summary>
[Category("Slow")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageFuzzTests : IDisposable
{
    private const string Target = "packages";
    private const int Shares = 2;
    private static readonly int Seed = AttackSettings.Seed;
    private const int LockedEvery = 5;
    private const int FolderEvery = 10;
    private const string Taken = "taken";
    private const string Installed = AttackTarget.Accepted;
    private readonly AttackCounts _outcomes = new();
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
        AttackSettings.RequireAsked(Target);
        int first = AttackSettings.Case ?? 0;
        int count = AttackSettings.Case is null ? AttackSettings.CountOf(Shares) : 1;
        using X509Certificate2 certificate = TestPackage.NewCertificate("Acme");
        byte[] signed = TestPackage.Sign(new TestPackage().Bytes(), certificate);
        string surroundings = Surroundings();
        var watch = Stopwatch.StartNew();
        for (int i = first; i < first + count; i++)
        {
            var mutations = new PackageMutations(AttackSettings.RandomOf(Target, Seed, i), signed, HostileWords.Marker);
            (string kind, Func<PackageMutations, byte[]> make) = PackageMutations.All[i % PackageMutations.All.Count];
            byte[] package = make(mutations);
            string what = $"number {i} of seed {Seed}: {kind}";
            bool isLocked = i % LockedEvery == 0;
            if (isLocked)
            {
                await InstallAsync(new TestPackage().Bytes(), folder: false);
            }

            string outcome = await TryAsync(package, folder: i % FolderEvery == 1, what);
            _outcomes.Add(kind, outcome);
            Check(package, outcome, isLocked, what);
            Assert.That(Surroundings(), Is.EqualTo(surroundings), what);
            Clear();
        }

        AttackSettings.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{Target}: {count} cases, seed {Seed}, {watch.Elapsed.TotalSeconds:F1} s, 0 failed\n{_outcomes}"));
        if (AttackSettings.IsWhole)
        {
            Assert.That(_outcomes.OutcomesOf("unchanged"), Is.EquivalentTo(new[] { Installed }), "the package that is spoiled is good");
            Assert.That(_outcomes.OutcomesOf(PackageMutations.UnchangedFolder), Does.Contain(Installed), "so is the folder pattern");
            Assert.That(_outcomes.OutcomesOf("link"), Has.None.EqualTo(Installed));
        }
    }

    private async Task<string> TryAsync(byte[] package, bool folder, string what)
    {
        try
        {
            await InstallAsync(package, folder);
            return Installed;
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
        if (outcome != Installed && !wasLocked)
        {
            Assert.That(Directory.GetFileSystemEntries(_lab.Home.Plugins), Is.Empty, what);
            return;
        }

        LockedPattern entry = PatternsLock.Read(_lab.Home).Patterns.Single();
        byte[] expected = outcome == Installed ? package : new TestPackage().Bytes();
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
            wasLocked && outcome == Installed && !package.AsSpan().SequenceEqual(new TestPackage().Bytes()),
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
        return text + string.Concat(aims.SelectMany(folder => Directory.GetFileSystemEntries(folder, $"*{HostileWords.Marker}*")));
    }

    private void Clear()
    {
        foreach (string folder in Directory.GetDirectories(_lab.Home.Plugins))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(_lab.Home.PatternsLock);
    }
}
