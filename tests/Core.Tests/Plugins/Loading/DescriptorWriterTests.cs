using System.Text.Json;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

public sealed class DescriptorWriterTests
{
    [TestCase("no-export", "no-export", "error TFCP001: No class exports a pattern")]
    [TestCase("two-exports", "two-exports", "error TFCP002: FirstPattern and SecondPattern each export a pattern")]
    [TestCase("missing-metadata", "missing-metadata", "error TFCP003: BarePattern is exported without")]
    [TestCase("good", "better", "error TFCP004: PatternId is 'better' but the class exports 'good'")]
    [TestCase("own-sdk", "own-sdk", "error TFCP009: The project's Version is '1.2.3' but the class exports '1.0.0'")]
    [TestCase("own-sdk", "own-sdk", "error TFCP005: The pattern has no infrastructure/main.tf")]
    [TestCase("own-sdk", "own-sdk", "error TFCP006: The contract's output 'primary_ip_type' is missing")]
    [TestCase(
        "throwing-constructor",
        "throwing-constructor",
        "error TFCP008: The pattern cannot be created: InvalidOperationException: no licence found")]
    public void A_defect_is_a_build_error_at_the_project(string plugin, string id, string expected)
    {
        (int exitCode, string output) = Write(plugin, id);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain($"/x/Mine.csproj : {expected}"));
    }

    [Test]
    public void What_it_writes_is_what_the_build_staged()
    {
        string written = Path.GetTempFileName();
        (int exitCode, string output) = Write("good", "good", written);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(
            File.ReadAllText(written),
            Is.EqualTo(File.ReadAllText(Path.Combine(PluginFolders.StagedFolder("good"), PluginDescriptor.FileName))));
        File.Delete(written);
    }

    [Test]
    public void Size_and_checksum_are_the_assemblys()
    {
        string folder = PluginFolders.StagedFolder("good");
        byte[] assembly = File.ReadAllBytes(PluginFolders.AssemblyOf(folder));
        using var written = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, PluginDescriptor.FileName)));

        Assert.That(written.RootElement.GetProperty("size").GetInt64(), Is.EqualTo(assembly.Length));
        Assert.That(written.RootElement.GetProperty("crc32c").GetString(), Is.EqualTo($"{Crc32C.Of(assembly):x8}"));
    }

    private static (int ExitCode, string Output) Write(string plugin, string id, string output = "/dev/null") => Builds.Dotnet(
        Builds.DescriptorWriter, "--assembly", PluginFolders.AssemblyOf(
            PluginFolders.StagedFolder(plugin)), "--project", "/x/Mine.csproj", "--id", id, "--version", "1.2.3", "--output", output);
}
