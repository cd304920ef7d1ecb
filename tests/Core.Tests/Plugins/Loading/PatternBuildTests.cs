namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>Real builds of generated projects outside the repository.</summary>
[Category("Slow")]
public sealed class PatternBuildTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("tfc-build-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_pattern_with_defects_fails_with_all_of_them()
    {
        string project = WritePattern("""<ProjectReference Include="{0}/Patterns.Sdk/Patterns.Sdk.csproj" Private="false" ExcludeAssets="runtime" />""");

        (int exitCode, string output) = Builds.Dotnet("build", project, "-c", Builds.Configuration, "-nodeReuse:false", "-nologo");

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("error TFCP004").And.Contain("error TFCP005").And.Contain("error TFCP006"));
    }

    [Test]
    public void A_pattern_that_would_ship_what_the_host_owns_fails()
    {
        string project = WritePattern("""<ProjectReference Include="{0}/Patterns.Sdk/Patterns.Sdk.csproj" />""");

        (int exitCode, string output) = Builds.Dotnet("build", project, "-c", Builds.Configuration, "-nodeReuse:false", "-nologo");

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("error TFCP007: TfgridCompose.Patterns.Sdk.dll would ship"));
    }

    // The host references another YamlDotNet than one plugin, which is where conflict resolution used to drop a plugin's DLL.
    [Test]
    public void A_published_host_carries_every_file_of_every_plugin()
    {
        string patterns = $"{Builds.Repository}/tests/TestPatterns";
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), "return;");
        string project = WriteProject($"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <BuiltInPatternProjects>{patterns}/Good/*.csproj;{patterns}/PrivateYaml/*.csproj;{patterns}/TwoExports/*.csproj</BuiltInPatternProjects>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="YamlDotNet" Version="18.1.0" />
              </ItemGroup>
              <Import Project="{Builds.Repository}/Cli/BuiltInPatterns.targets" />
            </Project>
            """);

        IReadOnlyDictionary<string, int> counts = PublishedPlugins.Publish(project, Path.Combine(_folder, "published"));

        Assert.That(counts, Is.EquivalentTo(new Dictionary<string, int> { ["good"] = 5, ["private-yaml"] = 5, ["two-exports"] = 4 }));
        Assert.That(Path.Combine(_folder, "published", "YamlDotNet.dll"), Does.Exist);
    }

    private string WritePattern(string reference)
    {
        File.WriteAllText(Path.Combine(_folder, "MinePattern.cs"), """
            using System.Collections.Generic;
            using TfgridCompose.Patterns.Sdk;

            [ExportPattern("mine", "1.0.0", "Mine.")]
            public sealed class MinePattern : Pattern
            {
                public override PatternDeclaration Declaration => new();

                public override Topology Topology(TopologyRequest request) => new();

                public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => new Dictionary<string, object?>();
            }
            """);
        return WriteProject($"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Builds.Repository}/Patterns.Sdk/build/TfgridCompose.Patterns.Sdk.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <PatternId>yours</PatternId>
              </PropertyGroup>
              <ItemGroup>
                {reference.Replace("{0}", Builds.Repository, StringComparison.Ordinal)}
              </ItemGroup>
              <Import Project="{Builds.Repository}/Patterns.Sdk/build/TfgridCompose.Patterns.Sdk.targets" />
            </Project>
            """);
    }

    private string WriteProject(string content)
    {
        string path = Path.Combine(_folder, "Mine.csproj");
        File.WriteAllText(path, content);
        return path;
    }
}
