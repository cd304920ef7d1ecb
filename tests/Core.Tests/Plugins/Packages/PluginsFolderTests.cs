using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>What a killed or failed change leaves, and what the next one makes of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginsFolderTests : IDisposable
{
    private const string Other = "Acme.Pattern.Yaml";
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_version_that_a_kill_between_the_renames_left_aside_is_put_back()
    {
        await InstallAsync("1.0.0");
        Directory.Move(_lab.Place, Path.Combine(_lab.Home.Plugins, ".old-good"));
        Directory.CreateDirectory(Path.Combine(_lab.Home.Plugins, ".staging-1", "pattern"));

        await AnotherInstallationAsync();

        Assert.That(PatternHost.Load(_lab.Installed()), Is.Not.Null);
        Assert.That(_lab.Locked!.Version, Is.EqualTo("1.0.0"));
        Assert.That(_lab.LeftBehind, Is.Empty);
    }

    [Test]
    public async Task A_version_that_came_in_before_a_kill_is_in_the_lock_afterwards()
    {
        await InstallAsync("1.0.0");
        string before = await File.ReadAllTextAsync(_lab.Home.PatternsLock);
        string old = Path.Combine(_lab.Home.Plugins, ".old-good");
        Copy(_lab.Place, old);
        await InstallAsync("1.1.0");
        Copy(_lab.Place, old);
        await File.WriteAllTextAsync(_lab.Home.PatternsLock, before);

        await AnotherInstallationAsync();

        Assert.That(_lab.Locked!.Version, Is.EqualTo("1.1.0"));
        Assert.That(_lab.LeftBehind, Is.Empty);
    }

    [Test]
    public async Task A_first_installation_that_came_in_before_a_kill_is_in_the_lock_afterwards()
    {
        await InstallAsync("1.0.0");
        File.Delete(_lab.Home.PatternsLock);
        Directory.CreateDirectory(Path.Combine(_lab.Home.Plugins, ".staging-1"));

        await AnotherInstallationAsync();

        Assert.That(_lab.Locked!.Version, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_lock_that_was_removed_is_written_anew()
    {
        await InstallAsync("1.0.0");
        LockedPattern before = _lab.Locked!;
        await AnotherInstallationAsync();
        File.Delete(_lab.Home.PatternsLock);

        await AnotherInstallationAsync();

        Assert.That(_lab.Locked, Is.EqualTo(before));
        await InstallAsync("1.1.0");
        Assert.That(_lab.Locked!.Version, Is.EqualTo("1.1.0"));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{ \"name\": \"good\", \"package\": null }")]
    public async Task A_receipt_with_a_flaw_is_passed_over(string receipt)
    {
        await InstallAsync("1.0.0");
        await File.WriteAllTextAsync(Path.Combine(_lab.Place, ".installed.json"), receipt);
        File.Delete(_lab.Home.PatternsLock);

        await AnotherInstallationAsync();

        Assert.That(_lab.Locked, Is.Null);
    }

    [Test]
    public async Task A_removal_that_was_killed_is_ended()
    {
        await InstallAsync("1.0.0");
        Directory.Move(_lab.Place, Path.Combine(_lab.Home.Plugins, ".removed-good"));

        await AnotherInstallationAsync();

        Assert.That(_lab.Locked, Is.Null);
        Assert.That(_lab.LeftBehind, Is.Empty);
    }

    [Test]
    public async Task A_failure_after_the_renames_brings_the_old_version_back()
    {
        await InstallAsync("1.0.0");
        LockedPattern before = _lab.Locked!;
        _lab.Publish("1.1.0");
        // Where the lock's next text would go.
        string blocked = Directory.CreateDirectory($"{_lab.Home.PatternsLock}.{Environment.ProcessId}.tmp").FullName;

        DiagnosticException problem = _lab.Refused(PackageCodes.NotWritten);

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Prerequisite));
        Assert.That(_lab.Locked, Is.EqualTo(before));
        Assert.That(PatternHost.Load(_lab.Installed()), Is.Not.Null);
        Directory.Delete(blocked);
        Assert.That((await _lab.InstallAsync()).Entry.Version, Is.EqualTo("1.1.0"));
    }

    [Test]
    public void A_first_installation_that_fails_after_the_rename_leaves_nothing()
    {
        _lab.Publish();
        _lab.Home.Create();
        Directory.CreateDirectory($"{_lab.Home.PatternsLock}.{Environment.ProcessId}.tmp");

        _lab.Refused(PackageCodes.NotWritten);

        Assert.That(Directory.Exists(_lab.Place), Is.False);
    }

    [Test]
    public async Task The_lock_is_sorted_json_with_a_schema()
    {
        await AnotherInstallationAsync();
        await InstallAsync("1.0.0");

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(_lab.Home.PatternsLock));

        Assert.That(document.RootElement.GetProperty("schema").GetInt32(), Is.EqualTo(1));
        Assert.That(
            document.RootElement.GetProperty("patterns").EnumerateArray().Select(each => each.GetProperty("name").GetString()),
            Is.EqualTo(new[] { "good", "private-yaml" }));
        Assert.That(
            document.RootElement.GetProperty("patterns")[0].EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "name", "package", "version", "source", "sha512", "installed_at" }));
    }

    private async Task InstallAsync(string version)
    {
        _lab.Publish(version);
        await _lab.InstallAsync(version);
    }

    private async Task AnotherInstallationAsync()
    {
        _lab.Publish(new TestPackage(id: Other, pattern: "private-yaml"), id: Other);
        await _lab.InstallAsync(package: Other);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
