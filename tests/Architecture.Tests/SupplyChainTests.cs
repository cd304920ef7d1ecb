using System.Text.Json;
using System.Xml.Linq;

namespace TfgridCompose.Architecture.Tests;

/// <summary>What docs/supply-chain.md promises of this repository.</summary>
public sealed class SupplyChainTests
{
    private static readonly string[] Runtimes =
        ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64"];

    private static readonly string[] NativeRuntimes = ["linux-arm64", "linux-x64"];

    // Without its file, restore would take any package and write a new one, even in locked mode.
    [Test]
    public void Every_project_of_the_solution_has_a_lock_file() =>
        Assert.That(Projects().SelectMany(LockFiles).Where(file => !Repository.Files.Contains(file)), Is.Empty);

    [Test]
    public void Every_locked_package_has_its_hash()
    {
        foreach (string file in Projects().SelectMany(LockFiles))
        {
            using JsonDocument json = Read(file);
            IEnumerable<string> unhashed = json.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Where(package => !package.Value.TryGetProperty("contentHash", out JsonElement hash)
                    || Convert.FromBase64String(hash.GetString()!).Length != 64)
                .Select(package => package.Name);
            Assert.That(unhashed, Is.Empty, file);
        }
    }

    [TestCase("Cli")]
    [TestCase("Core")]
    [TestCase("Patterns.Sdk")]
    public void A_lock_file_holds_for_every_runtime_of_the_product(string project)
    {
        using JsonDocument json = Read($"{project}/packages.lock.json");

        Assert.That(
            json.RootElement.GetProperty("dependencies").EnumerateObject().Select(target => target.Name),
            Is.EqualTo(Runtimes.Select(runtime => $"net10.0/{runtime}").Prepend("net10.0")));
    }

    [Test]
    public void Packages_come_from_one_source()
    {
        var configuration = XElement.Load(Repository.In("nuget.config"));

        Assert.That(configuration.Elements().Select(element => element.Name.LocalName), Is.EqualTo(["packageSourceMapping"]));
        Assert.That(
            configuration.Descendants("package").Select(
                package => ((string?)package.Parent?.Attribute("key"), (string?)package.Attribute("pattern"))),
            Is.EqualTo([("nuget.org", "*")]));
    }

    [TestCase("RestorePackagesWithLockFile", "true")]
    [TestCase("RestoreLockedMode", "true")]
    [TestCase("NuGetAudit", "true")]
    [TestCase("NuGetAuditMode", "all")]
    [TestCase("NuGetAuditLevel", "low")]
    public void Restore_is_locked_and_audited(string property, string value) =>
        Assert.That(
            XElement.Load(Repository.In("Directory.Build.props")).Descendants(property).Select(element => element.Value),
            Is.EqualTo([value]));

    private static IEnumerable<string> Projects() => File.ReadLines(Repository.In("TfgridCompose.sln"))
        .Where(line => line.StartsWith("Project(", StringComparison.Ordinal))
        .Select(line => line.Split('"')[5].Replace('\\', '/'))
        .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> LockFiles(string project)
    {
        string folder = Path.GetDirectoryName(project)!;
        return project == "LocalGrid/LocalGrid.csproj"
            ? NativeRuntimes.Select(runtime => $"{folder}/packages.{runtime}.lock.json")
            : [$"{folder}/packages.lock.json"];
    }

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Repository.In(file)));
}
