using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternInstallerTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_pattern_is_installed_from_a_folder_and_can_be_loaded()
    {
        byte[] package = new TestPackage().Bytes();
        _lab.Publish(package);

        InstalledPattern installed = await _lab.InstallAsync();

        Assert.Multiple(() =>
        {
            Assert.That(installed.Pattern.Folder, Is.EqualTo(_lab.Place));
            Assert.That(installed.Signer, Is.Null);
            Assert.That(PatternHost.Load(_lab.Installed()).Declaration.Roles, Is.Not.Empty);
            Assert.That(_lab.Locked, Is.EqualTo(installed.Entry));
            Assert.That(_lab.Locked! with { InstalledAt = default }, Is.EqualTo(new LockedPattern
            {
                Name = "good",
                Package = TestPackage.Id,
                Version = "1.0.0",
                Source = _lab.Feed,
                Sha512 = Convert.ToHexStringLower(SHA512.HashData(package)),
            }));
            Assert.That(_lab.LeftBehind, Is.Empty);
        });
    }

    [Test]
    public async Task The_user_is_told_what_is_fetched_and_from_where()
    {
        _lab.Publish();

        await _lab.InstallAsync();

        Assert.That(_lab.Notes, Has.Member($"fetching {TestPackage.Id} 1.0.0 from {_lab.Feed}"));
    }

    [Test]
    public async Task Installed_files_are_the_users_alone_whatever_the_package_says()
    {
        const int SetUidForAll = 0x8FFF; // regular, 04777 and more
        _lab.Publish(new TestPackage().Add("pattern/tool.sh", "#!/bin/sh\n"u8.ToArray(), SetUidForAll));

        await _lab.InstallAsync();

        foreach (string file in Directory.GetFiles(_lab.Place))
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(OwnerOnly), file);
        }

        Assert.That(File.GetUnixFileMode(_lab.Home.PatternsLock), Is.EqualTo(OwnerOnly));
    }

    [Test]
    public async Task Only_the_pattern_folder_is_unpacked_and_escaped_names_are_read()
    {
        _lab.Publish(new TestPackage().Add("tools/install.ps1", "x")
            .Add("lib/net10.0/x.dll", "x")
            .Add("pattern/infrastructure/a%20b%2B.tf", "x"));

        await _lab.InstallAsync();

        Assert.That(File.Exists(Path.Combine(_lab.Place, "infrastructure", "a b+.tf")));
        Assert.That(
            Directory.GetFileSystemEntries(_lab.Place).Select(Path.GetFileName),
            Has.None.Matches<string>(name => name is "tools" or "lib" or "install.ps1"));
    }

    [Test]
    public async Task A_package_made_by_NuGets_own_builder_is_installed()
    {
        var builder = new PackageBuilder { Id = TestPackage.Id, Version = new NuGetVersion("2.0.0"), Description = "d" };
        builder.Authors.Add("acme");
        builder.PackageTypes = [new PackageType("TfgridComposePattern", PackageType.EmptyVersion)];
        foreach (string file in Directory.GetFiles(PluginFolders.StagedFolder("good")))
        {
            builder.Files.Add(new PhysicalPackageFile { SourcePath = file, TargetPath = $"pattern/{Path.GetFileName(file)}" });
        }

        using var stream = new MemoryStream();
        builder.Save(stream);
        _lab.Publish(stream.ToArray(), "2.0.0");

        Assert.That((await _lab.InstallAsync()).Entry.Version, Is.EqualTo("2.0.0"));
    }

    [TestCase(null, false, "1.10.0")]
    [TestCase(null, true, "2.0.0-rc.1")]
    [TestCase("1.2", false, "1.2.0")]
    [TestCase("[1.0,1.5)", false, "1.2.0")]
    [TestCase("2.0.0-rc.1", false, "2.0.0-rc.1")]
    public async Task The_version_that_is_asked_for_is_installed(string? version, bool prerelease, string expected)
    {
        foreach (string each in new[] { "1.2.0", "1.10.0", "1.9.0", "2.0.0-rc.1" })
        {
            _lab.Publish(each);
        }

        Assert.That((await _lab.InstallAsync(version, prerelease: prerelease)).Entry.Version, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_newer_package_replaces_the_older_one_as_a_whole()
    {
        _lab.Publish(new TestPackage().Add("pattern/old.txt", "old"));
        await _lab.InstallAsync();
        _lab.Publish(new TestPackage(version: "1.1.0").Add("pattern/new.txt", "new"), "1.1.0");

        InstalledPattern installed = await _lab.InstallAsync();

        Assert.That(installed.Former, Is.EqualTo("1.0.0"));
        Assert.That(File.Exists(Path.Combine(_lab.Place, "new.txt")));
        Assert.That(File.Exists(Path.Combine(_lab.Place, "old.txt")), Is.False);
        Assert.That(_lab.LeftBehind, Is.Empty);
    }

    [Test]
    public void Refusals_name_what_is_wrong()
    {
        _lab.Publish("2.0.0-rc.1");

        Assert.Multiple(() =>
        {
            Assert.That(
                _lab.Refused(PackageCodes.NotFound, package: "Acme.Missing").Message,
                Does.Contain("Acme.Missing").And.Contain(_lab.Feed));
            Assert.That(_lab.Refused(PackageCodes.NotFound).Message, Does.Contain("no stable version"));
            Assert.That(_lab.Refused(PackageCodes.NotFound, version: "9.9").Diagnostics[0].Remedy, Does.Contain("2.0.0-rc.1"));
            _lab.Refused(PackageCodes.BadPackageId, package: "../x");
            _lab.Refused(PackageCodes.BadVersion, version: "newest");
            _lab.Refused(PackageCodes.BadSource, source: "nowhere");
            _lab.Refused(PackageCodes.BadSource, source: "http://feed.example/v3/index.json");
            _lab.Refused(PackageCodes.BadSource, source: "https://ann:secret@feed.example/v3/index.json");
        });
        Assert.That(
            _lab.Refused(PackageCodes.BadSource, source: "https://ann:secret@feed.example/v3/index.json").Message,
            Does.Not.Contain("secret"));
    }

    [TestCase(null)]
    [TestCase("Dependency")]
    public void A_package_of_another_type_is_refused(string? type)
    {
        _lab.Publish(new TestPackage(type: type));

        Assert.That(_lab.Refused(PackageCodes.NotAPattern).Message, Does.Contain(type ?? "none"));
    }

    [Test]
    public void A_package_that_says_another_version_is_refused()
    {
        using var feed = new LoopbackFeed();
        feed.Add("1.0.0", new TestPackage(version: "3.0.0").Bytes());

        Assert.That(_lab.Refused(PackageCodes.Damaged, source: feed.Index).Message, Does.Contain("3.0.0"));
    }

    [Test]
    public async Task The_same_version_with_another_hash_is_refused_and_the_installed_one_stays()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        _lab.Publish(new TestPackage().Add("pattern/more.txt", "changed later"));

        Assert.That(_lab.Refused(PackageCodes.OtherHash, version: "1.0").Message, Does.Contain(_lab.Locked!.Sha512[..16]));
        Assert.That(PatternHost.Load(_lab.Installed()), Is.Not.Null);
    }

    [Test]
    public void A_swapped_assembly_is_refused()
    {
        var package = new TestPackage();
        byte[] assembly = package.Read("pattern/TfgridCompose.Good.dll");
        assembly[^1] ^= 1;
        _lab.Publish(package.Replace("pattern/TfgridCompose.Good.dll", assembly));

        _lab.Refused(PatternCodes.AssemblyChanged);
    }

    // Its author can make the CRC-32C fit, or leave it out as the first SDK did.
    [Test]
    public void An_assembly_swapped_with_care_is_refused()
    {
        var package = new TestPackage();
        byte[] assembly = package.Read("pattern/TfgridCompose.Good.dll");
        assembly[^1] ^= 1;
        JsonNode descriptor = System.Text.Json.Nodes.JsonNode.Parse(package.Read("pattern/plugin.json"))!;
        descriptor["crc32c"] = null;
        _lab.Publish(package
            .Replace("pattern/TfgridCompose.Good.dll", assembly)
            .Replace("pattern/plugin.json", Encoding.UTF8.GetBytes(descriptor.ToJsonString())));

        _lab.Refused(PackageCodes.AssemblyDiffers);
    }

    [TestCase("contract", "\"9.0\"", PatternCodes.ContractTooNew, "9.0")]
    [TestCase("assembly", "\"Missing.dll\"", PatternCodes.NoAssembly, "Missing.dll")]
    [TestCase("schema", "7", PatternCodes.InvalidDescriptor, "schema 7")]
    [TestCase("options", "\"none\"", PatternCodes.InvalidDescriptor, "cannot be read")]
    public void What_the_catalog_refuses_is_not_installed(string field, string json, string code, string said)
    {
        var package = new TestPackage();
        JsonNode descriptor = System.Text.Json.Nodes.JsonNode.Parse(package.Read("pattern/plugin.json"))!;
        descriptor[field] = System.Text.Json.Nodes.JsonNode.Parse(json);
        _lab.Publish(package.Replace("pattern/plugin.json", Encoding.UTF8.GetBytes(descriptor.ToJsonString())));

        string message = _lab.Refused(code).Message;

        Assert.That(message, Does.Contain($"{TestPackage.Id} 1.0.0 was not installed").And.Contain(said).And.Not.Contain(".staging"));
    }

    [TestCase("version")]
    [TestCase("description")]
    public void A_text_that_would_steer_the_terminal_is_refused(string field)
    {
        var package = new TestPackage();
        JsonNode descriptor = System.Text.Json.Nodes.JsonNode.Parse(package.Read("pattern/plugin.json"))!;
        descriptor[field] = "1.0\u001b[2J";
        _lab.Publish(package.Replace("pattern/plugin.json", Encoding.UTF8.GetBytes(descriptor.ToJsonString())));

        _lab.Refused(PackageCodes.UnsafeEntry);
    }

    [Test]
    public void A_package_without_a_pattern_is_refused()
    {
        var package = new TestPackage();
        foreach (string name in package.Names.Where(name => name.StartsWith("pattern/", StringComparison.Ordinal)))
        {
            package.Remove(name);
        }

        _lab.Publish(package);

        _lab.Refused(PatternCodes.NoDescriptor);
    }

    [Test]
    public void A_package_that_brings_a_lifecycle_plugin_is_refused()
    {
        _lab.Publish(new TestPackage().Add("pattern/plugin.yaml", "hooks: {}"));

        _lab.Refused(PackageCodes.UnsafeEntry);
    }

    [Test]
    public void One_installation_at_a_time()
    {
        _lab.Publish();
        _lab.Home.Create();
        using var held = DeploymentLock.Take(_lab.Home, _lab.Home.Plugins, "The plugins folder", PackageLab.Holder());

        DiagnosticException problem = _lab.Refused(StateCodes.Locked);

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Conflict));
        Assert.That(problem.Message, Does.Contain("plugins folder").And.Contain("tfgrid-compose patterns"));
    }

    [Test]
    public async Task Two_at_once_leave_one_whole_pattern()
    {
        _lab.Publish();

        Task<InstalledPattern>[] both = [Task.Run(() => _lab.InstallAsync()), Task.Run(() => _lab.InstallAsync())];
        await Task.WhenAll(both.Select(each => each.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.That(both.Count(each => each.IsCompletedSuccessfully), Is.GreaterThanOrEqualTo(1));
        Assert.That(
            both.Where(each => each.IsFaulted).Select(each => (each.Exception!.InnerException as DiagnosticException)?.Diagnostics[0].Code),
            Is.All.EqualTo(StateCodes.Locked));
        Assert.That(PatternHost.Load(_lab.Installed()), Is.Not.Null);
        Assert.That(_lab.LeftBehind, Is.Empty);
    }
}
