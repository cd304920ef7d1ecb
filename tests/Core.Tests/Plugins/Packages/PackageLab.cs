using NuGet.Configuration;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Loading;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>A user with a home, a folder feed and a NuGet configuration of their own, as long as a test lives.</summary>
internal sealed class PackageLab : IDisposable, IEventSink
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TestHome _home = new();

    public PackageLab()
    {
        Feed = _home.Folder("feed");
        WriteNuGetConfig("");
    }

    public string Root => _home.Root;

    public TestHome State => _home;

    /// <summary>What the user was told.</summary>
    public List<string> Notes { get; } = [];

    public TfgridHome Home => _home.Home;

    public string Feed { get; }

    public string Place => Path.Combine(Home.Plugins, "good");

    public string BuiltInRoot => Path.Combine(Root, "built-in");

    public PackageLimits Limits { get; set; } = new();

    public UserConfig Config { get; set; } = new(Grid: null, []);

    public LockedPattern? Locked => PatternsLock.Read(Home).Of("good");

    public IReadOnlyList<string> LeftBehind =>
        Directory.Exists(Home.Plugins)
            ? [.. Directory.GetFileSystemEntries(Home.Plugins).Select(path => Path.GetFileName(path)).Where(name => name.StartsWith('.'))]
            : [];

    public Surroundings Here => new()
    {
        Runner = new RecordingRunner(),
        Events = this,
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = Root,
        LocalGridPath = "",
        PluginRoots = [new(BuiltInRoot, BuiltIn: true), new(Home.Plugins, BuiltIn: false)],
        Self = new OwnProgram(["tfgrid-compose"]),
    };

    public PatternInstaller Installer => new(Here, Config, Holder)
    {
        Limits = Limits,
        NuGetSettings = () => Settings.LoadSpecificSettings(Root, "nuget.config"),
    };

    public PatternRemoval Removal => new(Here, _home.Index, Holder);

    public static LockHolder Holder() => new("ann", "here", Environment.ProcessId, "tfgrid-compose patterns", DateTimeOffset.UtcNow);

    public void Emit(DeploymentEvent deploymentEvent)
    {
        if (deploymentEvent is Note note)
        {
            Notes.Add(note.Text);
        }
    }

    public void WriteNuGetConfig(string sources, string more = "") => File.WriteAllText(
        Path.Combine(Root, "nuget.config"), $"<configuration><packageSources><clear />{sources}</packageSources>{more}</configuration>");

    public void Publish(string version = "1.0.0") => Publish(new TestPackage(version: version), version);

    public void Publish(TestPackage package, string version = "1.0.0", string id = TestPackage.Id) => Publish(package.Bytes(), version, id);

    public void Publish(byte[] package, string version = "1.0.0", string id = TestPackage.Id) =>
        File.WriteAllBytes(Path.Combine(Feed, $"{id}.{version}.nupkg"), package);

    public Task<InstalledPattern> InstallAsync(
        string? version = null,
        string? source = null,
        string package = TestPackage.Id,
        bool prerelease = false) =>
        Installer.InstallAsync(
            new InstallRequest { Package = package, Version = version, Source = source ?? Feed, Prerelease = prerelease },
            CancellationToken.None).WaitAsync(
            Limit);

    public Task<InstalledPattern?> UpdateAsync(bool prerelease = false) =>
        Installer.UpdateAsync(Locked!, source: null, prerelease, CancellationToken.None).WaitAsync(Limit);

    /// <summary>The installation is refused with this code and leaves everything as it was.</summary>
    public DiagnosticException Refused(string code, string? version = null, string? source = null, string package = TestPackage.Id)
    {
        string before = Tree();
        DiagnosticException problem = Problem(() => InstallAsync(version, source, package));
        Assert.Multiple(() =>
        {
            Assert.That(problem.Diagnostics.Select(each => each.Code), Is.EqualTo(new[] { code }), problem.Message);
            Assert.That(problem.Diagnostics[0].Remedy, Is.Not.Empty);
            Assert.That(Tree(), Is.EqualTo(before));
            Assert.That(LeftBehind, Is.Empty);
        });
        return problem;
    }

    public static DiagnosticException Problem(Func<Task> run)
    {
        try
        {
            run().GetAwaiter().GetResult();
        }
        catch (DiagnosticException problem)
        {
            return problem;
        }

        throw new AssertionException("nothing was refused");
    }

    /// <summary>Every file of the user, with size and time of change; locks aside, which stay.</summary>
    public string Tree() => string.Join('\n', Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(Home.Locks, StringComparison.Ordinal)
            && path != Home.Plugins
            && path != Home.Path
            && path != Home.Deployments)
        .Order(StringComparer.Ordinal)
        .Select(path => File.Exists(path) ? $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}" : path));

    public PatternCatalogEntry Installed() => PluginCatalog.Scan(Here.PluginRoots).Require("good");

    public void CopyByHand(string root, string id = "good", string? folder = null)
    {
        string target = Path.Combine(root, folder ?? id);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(PluginFolders.StagedFolder(id)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    public void Dispose() => _home.Dispose();
}
