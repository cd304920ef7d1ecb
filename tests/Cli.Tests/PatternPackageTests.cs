using System.IO.Compression;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary><c>patterns install</c>, <c>update</c>, <c>remove</c>, and pins, from the command line to the files.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternPackageTests : IDisposable
{
    private const string Id = "Acme.Pattern.Copy";
    private const string Name = "acme-copy";
    private readonly CliLab _lab = new();

    public PatternPackageTests() => _lab.Write("home/.tfgrid-compose/config.yaml", $"patterns: {{sources: ['{Feed}']}}\n");

    private string Feed => Path.Combine(_lab.Root, "feed");

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_pattern_is_installed_listed_updated_and_removed()
    {
        Publish("1.0.0");
        CliResult installed = await _lab.RunAsync("patterns", "install", Id);
        Assert.That(installed.ExitCode, Is.Zero, installed.Error);
        Assert.That(installed.Out, Does.Contain($"{Id} 1.0.0").And.Contain(Feed).And.Contain("not signed").And.Match("contract +1\\.1"));
        Assert.That(installed.Error, Does.Contain($"tfgrid-compose patterns show {Name}"));
        Assert.That((await _lab.RunAsync("patterns", "list")).Out, Does.Contain($"\n{Name} "));
        Assert.That((await _lab.RunAsync("patterns", "show", Name)).ExitCode, Is.Zero);

        Assert.That((await _lab.RunAsync("patterns", "update", Name)).Out, Is.EqualTo($"{Name}: 1.0.0 is up to date\n"));
        Directory.Delete(Path.Combine(_lab.State.Plugins, Name), recursive: true);
        Assert.That((await _lab.RunAsync("patterns", "update", Name)).Out, Is.EqualTo($"{Name}: 1.0.0 installed again, not signed\n"));
        Publish("1.1.0");
        Assert.That((await _lab.RunAsync("patterns", "update", "--all")).Out, Does.StartWith($"{Name}: 1.0.0 -> 1.1.0"));

        CliResult removed = await _lab.RunAsync("patterns", "remove", Id, "--yes");
        Assert.That((removed.ExitCode, removed.Out), Is.EqualTo((0, $"removed {Name} ({Id} 1.1.0)\n")), removed.Error);
        Assert.That((await _lab.RunAsync("patterns", "list")).Out, Does.Not.Contain(Name));
    }

    [Test]
    public async Task A_prerelease_is_installed_only_where_it_is_asked_for()
    {
        Publish("1.0.0");
        Publish("2.0.0-beta.1");

        Assert.That((await _lab.RunAsync("patterns", "install", Id)).Out, Does.Contain($"{Id} 1.0.0\n"));
        Assert.That((await _lab.RunAsync("patterns", "update", Name)).Out, Is.EqualTo($"{Name}: 1.0.0 is up to date\n"));
        Assert.That(
            (await _lab.RunAsync("patterns", "update", Name, "--prerelease")).Out,
            Does.StartWith($"{Name}: 1.0.0 -> 2.0.0-beta.1"));
        await _lab.RunAsync("patterns", "remove", Name, "--yes");
        Assert.That((await _lab.RunAsync("patterns", "install", Id, "--prerelease")).Out, Does.Contain($"{Id} 2.0.0-beta.1\n"));
    }

    [Test]
    public async Task The_feed_that_is_named_is_asked_alone()
    {
        Publish("1.0.0");
        string other = Path.Combine(_lab.Root, "other");
        Directory.CreateDirectory(other);

        Assert.That((await _lab.RunAsync("patterns", "install", Id, "--source", other)).ExitCode, Is.EqualTo(8));
        // In a folder, NuGet finds a package by its file's name.
        string package = Directory.GetFiles(Feed).Single();
        File.Copy(package, Path.Combine(other, Path.GetFileName(package)));
        CliResult installed = await _lab.RunAsync("patterns", "install", Id, "--source", other);
        Assert.That(installed.Out, Does.Match($@"\nsource +{other}\n"), installed.Error);
    }

    [Test]
    public async Task Results_are_json_where_asked_for()
    {
        Publish("1.0.0");
        JsonElement installed = (await _lab.RunAsync("patterns", "install", Id, "--version", "1.0.0", "--output", "json")).Json;
        Assert.That(
            (
                installed.GetProperty("name").GetString(),
                installed.GetProperty("package_version").GetString(),
                installed.GetProperty("signed").GetBoolean(),
                installed.GetProperty("sha512").GetString()!.Length),
            Is.EqualTo((Name, "1.0.0", false, 128)));

        JsonElement updated = (await _lab.RunAsync("patterns", "update", "--all", "--output", "json")).Json[0];
        Assert.That((updated.GetProperty("to").GetString(), updated.GetProperty("updated").GetBoolean()), Is.EqualTo(("1.0.0", false)));

        Assert.That(
            (await _lab.RunAsync("patterns", "remove", Name, "--yes", "--output", "json")).Json.GetProperty("folder").GetString(),
            Does.EndWith($"plugins/{Name}"));
    }

    [Test]
    public async Task Removing_asks_and_names_the_deployments_that_need_the_pattern()
    {
        Publish("1.0.0");
        await _lab.RunAsync("patterns", "install", Id);
        new DeploymentIndex(_lab.State).Add(new IndexEntry
        {
            Id = "abc123xyz",
            Name = "hello",
            AppName = "hello",
            AppPath = _lab.App,
            Pattern = Name,
            Grid = "local",
            CreatedAt = DateTimeOffset.UtcNow,
        });

        (await _lab.RunAsync("patterns", "remove", Name)).AssertFailed(2, "TFC0104", "There is nobody to ask", "--yes");
        CliResult declined = await _lab.AnswerAsync("n\n", interactive: true, "patterns", "remove", Name);

        Assert.That(
            declined.Error,
            Does.Contain("hello (abc123xyz)").And.Contain("the next `tfgrid-compose up` needs it").And.Contain("nothing was done"));
        Assert.That((await _lab.AnswerAsync("y\n", interactive: true, "patterns", "remove", Name)).Out, Does.StartWith($"removed {Name}"));
    }

    [Test]
    public async Task Refusals_have_a_code_and_a_remedy()
    {
        (await _lab.RunAsync("patterns", "install", Id)).AssertFailed(2, PackageCodes.BadSource, Feed, "a URL or a folder");
        Directory.CreateDirectory(Feed);
        (await _lab.RunAsync("patterns", "install", Id)).AssertFailed(8, PackageCodes.NotFound, Id, "--source");
        (await _lab.RunAsync("patterns", "remove", "single-vm", "--yes")).AssertFailed(
            8,
            PackageCodes.NotFromPackage,
            "built in",
            "keep it");
        (await _lab.RunAsync("patterns", "update", "single-vm")).AssertFailed(
            8,
            PackageCodes.NotFromPackage,
            "No pattern 'single-vm' was installed from a package",
            "patterns install");
        (await _lab.RunAsync("patterns", "update")).AssertFailed(2, "TFC0103", "--all", "--help");
        _lab.Write("home/.tfgrid-compose/config.yaml", "patterns: {trusted_authors: [12ab]}\n");
        (await _lab.RunAsync("patterns", "install", Id)).AssertFailed(2, PackageCodes.BadFingerprint, "'12ab'", "openssl");
    }

    [Test]
    public async Task A_package_with_the_name_of_a_built_in_pattern_is_refused()
    {
        Publish("1.0.0", name: "single-vm");

        CliResult result = await _lab.RunAsync("patterns", "install", Id);

        Assert.That(result.Problems.Single(), Does.Contain(PackageCodes.NameOwned).And.Contain("built-in"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Plugins), Is.Empty);
    }

    [Test]
    public async Task Up_says_how_to_install_what_the_manifest_pins()
    {
        Pin("1.0.0");

        (await _lab.RunAsync("up", _lab.App, "--grid", "local")).AssertFailed(
            8, PackageCodes.NotInstalled, $"the package {Id} contains it", $"tfgrid-compose patterns install {Id} --version 1.0.0");
        _lab.AssertNothingCreated();
        Assert.That(
            (await _lab.AnswerAsync("y\n", interactive: true, "up", _lab.App, "--grid", "local", "--non-interactive")).Problems.Single(),
            Does.Contain(PackageCodes.NotInstalled));
    }

    [Test]
    public async Task Up_asks_where_somebody_can_answer_and_installs()
    {
        Publish("1.0.0");
        Publish("1.1.0");
        Pin("1.0.0");

        CliResult declined = await _lab.AnswerAsync("\n", interactive: true, "up", _lab.App, "--grid", "local");
        Assert.That((declined.ExitCode, Directory.Exists(Path.Combine(_lab.State.Plugins, Name))), Is.EqualTo((8, false)));

        CliResult accepted = await _lab.AnswerAsync("y\n", interactive: true, "up", _lab.App, "--grid", "local");

        // It goes on with the installed plugin, whose assembly calls itself otherwise.
        Assert.That(accepted.Problems.Single(), Does.Contain(PatternCodes.DescriptorDiffers));
        Assert.That(accepted.Error, Does.Contain($"installed {Name} 1.0.0 from {Feed}"));
        Assert.That(PatternsLock.Read(_lab.State).Of(Name)!.Version, Is.EqualTo("1.0.0"));
    }

    [TestCase("2.0.0", "--version 2.0.0")]
    [TestCase("[2.0,3.0)", "--version '[2.0,3.0)'")]
    public async Task Up_refuses_another_version_than_the_pinned_one_before_anything_is_created(string pinned, string command)
    {
        Publish("1.0.0");
        await _lab.RunAsync("patterns", "install", Id);
        Pin(pinned);

        (await _lab.RunAsync("up", _lab.App, "--grid", "local")).AssertFailed(
            8,
            PackageCodes.OtherVersion,
            "1.0.0",
            $"patterns install {Id} {command}");
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task A_built_in_pattern_can_be_pinned_too()
    {
        string version = PluginCatalog.Scan([new(Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true)]).Require(
            "single-vm").Descriptor!.Version;
        _lab.WriteManifest(CliLab.Manifest.Replace(
            "pattern: single-vm",
            $"pattern: {{name: single-vm, version: '{version}'}}",
            StringComparison.Ordinal));
        _lab.RemoveTool("terraform");
        Assert.That(
            (await _lab.RunAsync("up", _lab.App, "--grid", "local")).Problems.Single(),
            Does.Contain("erraform"),
            "the pin is no problem");

        _lab.WriteManifest(CliLab.Manifest.Replace(
            "pattern: single-vm",
            "pattern: {name: single-vm, version: 77.0}",
            StringComparison.Ordinal));
        CliResult other = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(
            (other.ExitCode, other.Problems[0]),
            Is.EqualTo((8, other.Problems.First(problem => problem.Contains(PackageCodes.OtherVersion, StringComparison.Ordinal)))));
        Assert.That(other.Remedies[0], Does.Contain($"pattern.version to {version}"));
    }

    [TestCase("--version")]
    [TestCase("--version", "--debug")]
    [TestCase("patterns", "install", "X", "--version")]
    public async Task The_versions_option_without_a_value_is_still_the_products(params string[] args) =>
        Assert.That((await _lab.RunAsync(args)).Out, Does.StartWith("tfgrid-compose "));

    private void Pin(string version) =>
        _lab.WriteManifest(CliLab.Manifest.Replace(
            "pattern: single-vm",
            $"pattern: {{name: {Name}, package: {Id}, version: '{version}'}}",
            StringComparison.Ordinal));

    // The built-in pattern under another name: its descriptor alone says how it is called until it is loaded.
    private void Publish(string version, string name = Name)
    {
        Directory.CreateDirectory(Feed);
        using ZipArchive archive = ZipFile.Open(Path.Combine(Feed, $"{Id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(archive, $"{Id}.nuspec", $"""
            <package><metadata><id>{Id}</id><version>{version}</version><authors>acme</authors><description>d</description>
            <packageTypes><packageType name="TfgridComposePattern" /></packageTypes></metadata></package>
            """);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "plugins", "single-vm")))
        {
            string text = Path.GetFileName(file) == PluginDescriptor.FileName
                ? File.ReadAllText(file).Replace("\"single-vm\"", $"\"{name}\"", StringComparison.Ordinal)
                : "";
            if (text.Length > 0)
            {
                Write(archive, $"pattern/{PluginDescriptor.FileName}", text);
            }
            else
            {
                archive.CreateEntryFromFile(file, $"pattern/{Path.GetFileName(file)}");
            }
        }
    }

    private static void Write(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }
}
