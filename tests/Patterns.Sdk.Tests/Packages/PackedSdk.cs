using System.IO.Compression;
using System.Xml.Linq;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Patterns.Sdk.Tests.Packages;

/// <summary>The SDK's package, and projects outside the repository that use it, built together.</summary>
[SetUpFixture]
public sealed class PackedSdk
{
    private static PackageWorkspace? _workspace;

    internal static PackageWorkspace Workspace => _workspace ?? throw new InvalidOperationException("not set up");

    /// <summary>The output of all projects' build.</summary>
    internal static string BuildOutput { get; private set; } = "";

    internal static string Package => Path.Combine(Workspace.Feed, $"TfgridCompose.Patterns.Sdk.{Version}.nupkg");

    internal static string Version =>
        typeof(IPattern).Assembly.GetName().Version!.Major + "." + SdkContract.Minor + ".0";

    private static string Configuration { get; } = new DirectoryInfo(
        AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    [OneTimeSetUp]
    public void BuildAllProjects()
    {
        _workspace = new PackageWorkspace();
        Workspace.Pack(Repository(), "Patterns.Sdk/Patterns.Sdk.csproj", Configuration);
        ThirdPartyProjects.WriteNativePackage(Path.Combine(Workspace.Feed, "Fake.Native.1.0.0.nupkg"));
        ThirdPartyProjects.WriteAll(Workspace.In(""), Version);
        BuildOutput = Workspace.Dotnet("build", "all.slnx", "-nologo", "-v", "quiet").Output;
    }

    [OneTimeTearDown]
    public void RemoveThem() => _workspace?.Dispose();

    /// <summary>Packs a project; returns the package's file.</summary>
    internal static string Pack(string project)
    {
        PackageWorkspace.MustSucceed(Workspace.Dotnet("pack", project, "-o", Workspace.In("packed"), "-v", "quiet"));
        return Directory.GetFiles(Workspace.In("packed"), $"{project}.*.nupkg").Single();
    }

    internal static string[] Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    internal static XElement Metadata(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream nuspec = archive.Entries.Single(
            entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TfgridCompose.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no TfgridCompose.sln above the tests");
    }
}
