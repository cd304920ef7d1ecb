using System.Formats.Tar;
using System.IO.Compression;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Tools.Apps;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppArchiveTests : IDisposable
{
    private const string Manifest = "name: app\npattern: single-vm\n";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void With_a_source_folder_it_and_what_belongs_beside_it_travels()
    {
        foreach (string file in new[]
        {
            "src/a.py",
            "src/sub/.hidden",
            "scripts/x.sh",
            "docker-compose.yml",
            "README.md",
            "deployment/setup.sh",
            "deployment/lib/x.sh",
            ".git/config",
            "src/.git/config",
        })
        {
            _app.File(file);
        }

        Assert.That(Files(), Is.EqualTo([
            "tmp/app-deployment/lib/x.sh", "tmp/app-deployment/setup.sh",
            "tmp/app-source/a.py", "tmp/app-source/docker-compose.yml", "tmp/app-source/scripts/x.sh", "tmp/app-source/sub/.hidden",
        ]));
    }

    [Test]
    public void Without_one_the_apps_own_files_are_its_source()
    {
        foreach (string file in new[]
        {
            "server.py",
            "web/index.html",
            "deployment/setup.sh",
            ".git/config",
            ".terraform/x",
            ".tfgrid-mnemonic",
        })
        {
            _app.File(file);
        }

        Assert.That(
            Files(),
            Is.EqualTo([
                "tmp/app-deployment/setup.sh",
                "tmp/app-source/server.py",
                "tmp/app-source/tfgrid-compose.yaml",
                "tmp/app-source/web/index.html",
            ]));
    }

    [Test]
    public void A_change_of_content_mode_or_place_changes_the_fingerprint()
    {
        string file = _app.File("src/a.py", "one");
        string before = Fingerprint();
        Assert.That(Fingerprint(), Is.EqualTo(before));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string executable = Fingerprint();
        File.WriteAllText(file, "two");
        string changed = Fingerprint();
        File.Move(file, file + "c");

        Assert.That(new[] { before, executable, changed, Fingerprint() }.Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task Modes_links_and_private_files_arrive_as_they_must()
    {
        _app.File("deployment/setup.sh");
        string tool = _app.File("src/tool");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "src/link"), "../nowhere");
        Directory.CreateSymbolicLink(Path.Combine(_app.Folder, "src/loop"), ".");
        using var stream = new MemoryStream();

        await new AppArchive(
            AppFiles.Of(_app.Load(Manifest).Manifest),
            new Dictionary<string, string> { ["tmp/x/.env"] = "A=é" },
            new HashSet<string> { "tmp/app-deployment/setup.sh" })
            .WriteAsync(stream, CancellationToken.None);

        stream.Position = 0;
        var entries = new Dictionary<string, (TarEntryType Type, UnixFileMode Mode, string Link, string Text, int Uid)>();
        await using var tar = new TarReader(new GZipStream(stream, CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            entries[entry.Name] = (
                entry.EntryType,
                entry.Mode,
                entry.LinkName,
                entry.DataStream is null ? "" : await new StreamReader(entry.DataStream).ReadToEndAsync(),
                entry.Uid);
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                entries["tmp/app-deployment/setup.sh"].Mode.HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute),
                "a hook runs whatever its mode here");
            Assert.That(entries["tmp/app-source/tool"].Mode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute));
            Assert.That(
                (entries["tmp/app-source/link"].Type, entries["tmp/app-source/link"].Link),
                Is.EqualTo((TarEntryType.SymbolicLink, "../nowhere")));
            Assert.That(entries["tmp/app-source/loop"].Type, Is.EqualTo(TarEntryType.SymbolicLink), "a link to a folder is not walked");
            Assert.That(
                (entries["tmp/x/.env"].Mode, entries["tmp/x/.env"].Text),
                Is.EqualTo((UnixFileMode.UserRead | UnixFileMode.UserWrite, "A=é")));
            Assert.That(entries.Values.Select(entry => entry.Uid), Has.All.Zero);
        });
    }

    [Test]
    public void The_manifest_travels_where_there_is_no_src_and_is_no_part_of_what_the_app_is()
    {
        _app.File("deployment/setup.sh");
        _app.File("page.txt", "one");
        string before = Fingerprint();

        Assert.That(Files(), Does.Contain("tmp/app-source/tfgrid-compose.yaml"));
        Assert.That(AppFiles.FingerprintOf(AppFiles.Of(_app.Load(Manifest + "description: another\n").Manifest)), Is.EqualTo(before));
        _app.File("page.txt", "two");
        Assert.That(Fingerprint(), Is.Not.EqualTo(before));
    }

    private IReadOnlyList<string> Files() => [.. AppFiles.Of(_app.Load(Manifest).Manifest).Select(file => file.HostPath)];

    private string Fingerprint() => AppFiles.FingerprintOf(AppFiles.Of(_app.Load(Manifest).Manifest));
}
