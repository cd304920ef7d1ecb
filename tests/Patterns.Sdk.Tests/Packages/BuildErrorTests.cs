using System.Text.Json;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Patterns.Sdk.Tests.Packages;

/// <summary>Builds of projects outside the repository that use only the SDK's package.</summary>
[Category("Slow")]
public sealed class BuildErrorTests
{
    [TestCase("no-export", "TFCP001: No class exports a pattern; add [ExportPattern")]
    [TestCase("two-exports", "TFCP002: FirstPattern and SecondPattern each export a pattern")]
    [TestCase("no-metadata", "TFCP003: XPattern is exported without a name, version or description")]
    [TestCase("many-defects", "TFCP003: The name 'Bad_Name' is not made of")]
    [TestCase("many-defects", "TFCP004: PatternId is 'another' but the class exports 'Bad_Name'")]
    [TestCase("many-defects", "TFCP005: The pattern has no infrastructure/main.tf")]
    [TestCase("many-defects", "TFCP006: The contract's output 'primary_ip' is missing")]
    [TestCase("many-defects", "TFCP006: The contract's output 'primary_ip_type' is missing")]
    [TestCase("many-defects", "TFCP006: The contract's output 'deployment_name' is missing")]
    [TestCase("many-defects", "TFCP006: The contract's output 'node_ids' is missing")]
    [TestCase("copied-sdk", "TFCP007: TfgridCompose.Patterns.Sdk.dll would ship with the plugin")]
    [TestCase("throwing", "TFCP008: The pattern cannot be created: InvalidOperationException: no licence found")]
    [TestCase("many-defects", "TFCP009: The project's Version is '1.0.0' but the class exports '3.0.0'")]
    public void A_defect_is_an_error_of_the_project(string project, string expected)
    {
        Assert.That(PackedSdk.BuildOutput, Does.Contain($"{project}.csproj : error {expected}"));
        Assert.That(Path.Combine(Output(project), "plugin.json"), Does.Not.Exist);
    }

    [TestCase("good")]
    [TestCase("described")]
    [TestCase("consumer")]
    public void A_project_without_a_defect_builds_silently(string project)
    {
        Assert.That(PackedSdk.BuildOutput, Does.Not.Contain($"/{project}.csproj"));
        Assert.That(Path.Combine(Output(project), $"{project}.dll"), Does.Exist);
    }

    [Test]
    public void The_descriptor_has_the_whole_description()
    {
        Assert.That(
            Descriptor("good").GetProperty("description").GetString(),
            Is.EqualTo(ThirdPartyProjects.HostileDescription));
        Assert.That(Descriptor("good").GetProperty("id").GetString(), Is.EqualTo("good"));
    }

    [Test]
    public void The_projects_version_and_description_need_not_be_repeated()
    {
        JsonElement descriptor = Descriptor("described");

        Assert.That(descriptor.GetProperty("version").GetString(), Is.EqualTo("2.1.0-beta.3"));
        Assert.That(descriptor.GetProperty("description").GetString(), Is.EqualTo("Says \"so\"; ✓ 100% done."));
    }

    // One project also references System.Composition.AttributedModel as a file.
    [TestCase("good", "YamlDotNet.dll,good.dll")]
    [TestCase("described", "described.dll")]
    public void The_hosts_assemblies_are_neither_in_the_output_nor_in_the_dependency_file(string project, string expected)
    {
        string files = string.Join(
            ',',
            Directory.GetFiles(Output(project), "*.dll", SearchOption.AllDirectories)
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));

        Assert.That(files, Is.EqualTo(expected));
        Assert.That(
            File.ReadAllText(Path.Combine(Output(project), $"{project}.deps.json")),
            Does.Not.Contain("Composition").And.Not.Contain("Patterns.Sdk"));
    }

    // A test project has the SDK's assembly, although the pattern that it references does not ship it.
    [Test]
    public void A_test_project_that_references_a_pattern_runs_it()
    {
        (int exitCode, string output) = PackedSdk.Workspace.Dotnet(Path.Combine(Output("consumer"), "consumer.dll"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output.Trim(), Is.EqualTo("vm2"));
    }

    private static string Output(string project) => PackedSdk.Workspace.In($"{project}/bin/Debug/net10.0");

    private static JsonElement Descriptor(string project)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Output(project), "plugin.json")));
        return document.RootElement.Clone();
    }
}
