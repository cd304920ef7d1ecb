using System.IO.Compression;

namespace TfgridCompose.Patterns.Sdk.Tests.Packages;

/// <summary>Small projects with one defect each, and good ones.</summary>
internal static class ThirdPartyProjects
{
    public const string HostileDescription = "A \"wiki\" on C:\\one\nmachine; ünïcödé ✓ 100%";

    private const string Outputs = """
        output "primary_ip" { value = "10.1.2.2" }
        output "primary_ip_type" { value = "wireguard" }
        output "deployment_name" { value = "vm" }
        output  "node_ids" { value = [1] }
        """;

    public static void WriteAll(string root, string sdk)
    {
        // These projects need no setting for the host's assemblies.
        Write(root, "good", sdk, Class("good", description: """ "A \"wiki\" on C:\\one\nmachine; ünïcödé ✓ 100%" """), more: """
            <PackageReference Include="YamlDotNet" Version="18.1.0" />
            <PackageReference Include="Fake.Native" Version="1.0.0" />
            """, code: "internal static class Uses { public static object Yaml() => new YamlDotNet.Serialization.Deserializer(); }");
        Write(root, "described", sdk, Class("described", "PatternBuild.Version", "PatternBuild.Description"),
            properties: """<Version>2.1.0-beta.3</Version><Description>Says "so"; ✓ 100% done.</Description>""",
            more: """<Reference Include="System.Composition.AttributedModel.dll" />""");
        File.Copy(
            typeof(System.Composition.ExportAttribute).Assembly.Location,
            Path.Combine(root, "described", "System.Composition.AttributedModel.dll"));
        Write(root, "consumer", sdk, """
            var pattern = new GoodPattern();
            System.Console.WriteLine(pattern.Topology(null!).Hosts[0].Name + System.Linq.Enumerable.Count(pattern.Files));
            """,
            properties: "<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>",
            more: """<ProjectReference Include="../good/good.csproj" />""",
            files: false);

        Write(root, "no-export", sdk, Class("x").Replace("[ExportPattern", "// [", StringComparison.Ordinal));
        Write(root, "two-exports", sdk, Class("first"), code: Class("second"));
        Write(
            root,
            "no-metadata",
            sdk,
            Class("x").Replace(
                "[ExportPattern(", "[System.Composition.Export(typeof(IPattern))] // (", StringComparison.Ordinal));
        Write(
            root,
            "many-defects",
            sdk,
            Class("Bad_Name", "\"3.0.0\""),
            properties: "<PatternId>another</PatternId>",
            main: "other.tf",
            terraform: "# output \"primary_ip\" { value = 1 }\nlocals { a = \"output \\\"node_ids\\\"\" }");
        Write(
            root,
            "throwing",
            sdk,
            Class("throwing").Replace(
                "/* body */",
                "public ThrowingPattern() => throw new InvalidOperationException(\"no licence found\");",
                StringComparison.Ordinal));
        Write(
            root,
            "copied-sdk",
            sdk,
            Class("copied-sdk"),
            more: """<None Include="TfgridCompose.Patterns.Sdk.dll" CopyToOutputDirectory="PreserveNewest" />""");
        File.WriteAllText(Path.Combine(root, "copied-sdk", "TfgridCompose.Patterns.Sdk.dll"), "a copy");

        IEnumerable<string> projects = Directory.GetFiles(root, "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(project => $"<Project Path=\"{Path.GetRelativePath(root, project)}\" />");
        File.WriteAllText(Path.Combine(root, "all.slnx"), $"<Solution>{string.Concat(projects)}</Solution>");
    }

    /// <summary>A package with a native library for each runtime.</summary>
    public static void WriteNativePackage(string path)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add("Fake.Native.nuspec", """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>Fake.Native</id><version>1.0.0</version><authors>nobody</authors><description>Native files.</description>
              </metadata>
            </package>
            """);
        Add("runtimes/linux-x64/native/libfake.so", "for x64");
        Add("runtimes/linux-arm64/native/libfake.so", "for arm64");
        Add("lib/net10.0/_._", "");

        void Add(string name, string text)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private static string Class(string name, string version = "\"1.0.0\"", string description = "\"Mine.\"")
    {
        string type = string.Concat(
            name.Split('-', '_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Pattern";
        return $$"""
            [ExportPattern("{{name}}", {{version}}, {{description}})]
            public sealed class {{type}} : Pattern
            {
                /* body */
                public override PatternDeclaration Declaration => new();
                public override Topology Topology(TopologyRequest request) =>
                    new() { Hosts = [new() { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 512, DiskGb = 1 }] };
                public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
                    new Dictionary<string, object?>();
            }

            """;
    }

    private static void Write(
        string root,
        string name,
        string sdk,
        string type,
        string properties = "",
        string more = "",
        string code = "",
        string main = "main.tf",
        string terraform = Outputs,
        bool files = true)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Using Include="TfgridCompose.Patterns.Sdk" />
                <PackageReference Include="TfgridCompose.Patterns.Sdk" Version="{sdk}" />
                {more}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Pattern.cs"), type + code);
        if (!files)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(folder, "Resources/infrastructure"));
        Directory.CreateDirectory(Path.Combine(folder, "Resources/platform"));
        File.WriteAllText(Path.Combine(folder, "Resources/infrastructure", main), terraform);
        File.WriteAllText(Path.Combine(folder, "Resources/platform/site.yml"), "---\n");
        File.WriteAllText(Path.Combine(folder, "README.md"), $"# {name}\n");
    }
}
