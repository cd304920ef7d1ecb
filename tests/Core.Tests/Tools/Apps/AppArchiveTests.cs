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
            AppFiles.Of(_app.Load(Manifest).Manifest).Files,
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
    public async Task The_list_at_its_end_shows_what_did_not_arrive_as_it_was_sent()
    {
        foreach (string name in new[] { "plain", "a b", "back\\slash", "new\nline", "return\r", "é" })
        {
            _app.File($"src/{name}", name);
        }

        string archive = Path.Combine(_app.Folder, "app.tgz");
        await using (FileStream file = File.Create(archive))
        {
            await new AppArchive(
                AppFiles.Of(_app.Load(Manifest).Manifest).Files,
                new Dictionary<string, string> { ["tmp/app-source/.env"] = "A=1" },
                new HashSet<string>()).WriteAsync(file, CancellationToken.None);
        }

        Assert.That(Check("true"), Is.Zero);
        string[] damages =
        [
            "printf x >>'tmp/app-source/a b'",
            "rm tmp/app-source/é",
            "printf x >tmp/app-source/.env",
        ];
        foreach (string damage in damages)
        {
            Assert.That(Check(damage), Is.Not.Zero, damage);
        }

        int Check(string damage)
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "sh",
                ["-c", $"rm -rf out && mkdir out && tar -xzf app.tgz -C out && cd out && {damage} && sha256sum -c {AppArchive.HashList}"])
            {
                WorkingDirectory = _app.Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    [Test]
    public void A_file_that_has_gone_or_becomes_shorter_fails_the_archive()
    {
        string gone = _app.File("src/gone");
        string shorter = _app.File("src/shorter", new string('x', 100_000));
        IReadOnlyList<AppFile> files = AppFiles.Of(_app.Load(Manifest).Manifest).Files;

        File.Delete(gone);
        Assert.That(() => WriteAsync(files), Throws.TypeOf<FileNotFoundException>());

        using var content = new SentContent(File.OpenRead(shorter), shorter);
        File.WriteAllText(shorter, "x");
        Assert.That(
            () => content.CopyTo(Stream.Null),
            Throws.TypeOf<IOException>().With.Message.EqualTo($"'{shorter}' became shorter while it was copied"));
    }

    private static Task WriteAsync(IReadOnlyList<AppFile> files) =>
        new AppArchive(files, new Dictionary<string, string>(), new HashSet<string>()).WriteAsync(Stream.Null, CancellationToken.None);

    [Test]
    public void The_manifest_travels_where_there_is_no_src_and_is_no_part_of_what_the_app_is()
    {
        _app.File("deployment/setup.sh");
        _app.File("page.txt", "one");
        string before = Fingerprint();

        Assert.That(Files(), Does.Contain("tmp/app-source/tfgrid-compose.yaml"));
        Assert.That(AppFiles.Of(_app.Load(Manifest + "description: another\n").Manifest).Inputs, Is.EqualTo(before));
        _app.File("page.txt", "two");
        Assert.That(Fingerprint(), Is.Not.EqualTo(before));
    }

    private IReadOnlyList<string> Files() => [.. AppFiles.Of(_app.Load(Manifest).Manifest).Files.Select(file => file.HostPath)];

    private string Fingerprint() => AppFiles.Of(_app.Load(Manifest).Manifest).Inputs;
}
