using System.Xml.Linq;

namespace TfgridCompose.Architecture.Tests;

/// <summary>Who may depend on whom.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Patterns.Sdk"] = [],
        ["Patterns.Sdk.Testing"] = [],
        ["Core"] = ["Patterns.Sdk"],
        ["Cli"] = ["Core"],
        ["LocalGrid"] = [],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Patterns.Sdk"] = ["System.Composition.AttributedModel"],
        ["Core"] =
        [
            "CliWrap", "McMaster.NETCore.Plugins", "NLog", "NuGet.Packaging", "NuGet.Protocol", "System.Composition",
            "System.IO.Hashing", "System.Security.Cryptography.Pkcs", "YamlDotNet",
        ],
        ["Patterns.Sdk.Testing"] = ["Microsoft.CodeAnalysis.PublicApiAnalyzers", "NUnit"],
        ["Cli"] = ["CommandLineParser", "NLog", "Spectre.Console"],
        ["LocalGrid"] = ["Google.Protobuf", "Grpc.Tools"],
    };

    // Every project at the root but the patterns, which are looked at one by one below.
    private static IEnumerable<string> Projects => Repository.Files
        .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && file.Count(c => c == '/') == 1)
        .Select(file => file.Split('/')[0]);

    [Test]
    public void Every_product_project_has_its_place()
    {
        Assert.That(
            Projects.Where(project => !References.ContainsKey(project) && !project.StartsWith("Patterns.", StringComparison.Ordinal)),
            Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        string[] allowed = References.GetValueOrDefault(project, ["Patterns.Sdk"]);

        Assert.That(
            Items(project, "ProjectReference").Where(IsPlain).Select(path => Path.GetFileNameWithoutExtension(path)),
            Is.SubsetOf(allowed));
    }

    [TestCaseSource(nameof(Projects))]
    public void A_project_uses_only_the_packages_that_it_may(string project)
    {
        string[] allowed =
        [
            .. Packages.GetValueOrDefault(project, []),
            "Microsoft.CodeAnalysis.BannedApiAnalyzers",
            "Microsoft.CodeAnalysis.PublicApiAnalyzers",
        ];

        Assert.That(Items(project, "PackageReference"), Is.SubsetOf(allowed));
    }

    // An item of MSBuild's own, such as @(BuiltInPattern), is no reference of the code: the host only stages those files.
    private static bool IsPlain(string include) => !include.Contains('@', StringComparison.Ordinal);

    private static string[] Items(string project, string kind) =>
    [
        .. XDocument.Load(Repository.In($"{project}/{project}.csproj")).Descendants(kind)
            .Where(item => (string?)item.Attribute("ReferenceOutputAssembly") != "false")
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>(),
    ];
}
