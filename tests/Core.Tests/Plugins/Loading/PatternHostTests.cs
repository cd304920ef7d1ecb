using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

public sealed class PatternHostTests
{
    private PluginFolders _folders = null!;

    [SetUp]
    public void CreateFolders() => _folders = new PluginFolders();

    [TearDown]
    public void RemoveFolders() => _folders.Remove();

    [Test]
    public void A_loaded_pattern_speaks_the_hosts_types()
    {
        IPattern pattern = Load("good");

        Topology topology = pattern.Topology(new() { AppName = "app", Options = new(new Dictionary<string, object> { ["cpu"] = 4L }) });

        Assert.That(
            topology.Hosts.Single(),
            Is.EqualTo(new HostSpec
            {
                Name = "vm",
                Role = "vm",
                Cpu = 4,
                MemoryMb = 1024,
                DiskGb = 10,
                Networks = topology.Hosts[0].Networks,
            }));
        Assert.That(AssemblyLoadContext.GetLoadContext(topology.GetType().Assembly), Is.SameAs(AssemblyLoadContext.Default));
        Assert.That(pattern.Declaration, Is.InstanceOf<PatternDeclaration>());
    }

    [Test]
    public void The_embedded_files_keep_their_paths()
    {
        IReadOnlyList<PatternFile> files = Load("good").Files;

        Assert.That(files.Select(file => file.Path), Is.EqualTo(new[]
        {
            "infrastructure/.hidden/x.tf",
            "infrastructure/main.fr.tf",
            "infrastructure/main.tf",
            "infrastructure/modules/net/main.tf",
            "infrastructure/outputs.tf",
            "platform/roles/web/tasks/main.yml",
            "platform/site.yml",
        }));
        using var reader = new StreamReader(files[2].Open());
        Assert.That(reader.ReadToEnd(), Does.StartWith("variable \"node_id\""));
    }

    [Test]
    public void Plugins_run_their_own_versions_of_a_library_that_the_host_has_too()
    {
        var request = new VariablesRequest
        {
            DeploymentId = "d1",
            Hosts = [],
            IpRange = "10.1.0.0/16",
            SshPublicKeys = [],
            Keys = null!,
            Options = new(new Dictionary<string, object>()),
        };

        IPattern one = Load("private-yaml");
        IPattern other = Load("other-yaml");

        Assert.That(one.Variables(request)["yaml"], Is.EqualTo("13.0.0.0"));
        Assert.That(other.Variables(request)["yaml"], Is.EqualTo("16.0.0.0"));
        Assert.That(typeof(YamlDotNet.Serialization.Deserializer).Assembly.GetName().Version!.Major, Is.EqualTo(18));
    }

    [Test]
    public void A_native_library_for_another_processor_is_found_before_load()
    {
        string folder = _folders.Add("good");
        byte[] head = new byte[64];
        "\u007FELF"u8.CopyTo(head);
        head[18] = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (byte)0x3E : (byte)0xB7;
        File.WriteAllBytes(Path.Combine(folder, "libsome.so.1"), head);

        Diagnostic problem = FailureOf("good");

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.NativeMismatch));
        Assert.That(
            problem.Message,
            Does.Contain("libsome.so.1 is built for Linux").And.Contain($"this is Linux {RuntimeInformation.ProcessArchitecture}"));
    }

    [Test]
    public void A_native_library_for_this_processor_stands_in_no_ones_way()
    {
        File.Copy("/proc/self/exe", Path.Combine(_folders.Add("good"), "libsome.so"));

        Assert.That(PatternHost.Load(_folders.Scan().Require("good")).Declaration, Is.Not.Null);
    }

    [Test]
    [Category("Slow")]
    public void A_constructor_that_does_not_come_back_is_a_diagnostic()
    {
        File.WriteAllText(Path.Combine(_folders.Add("misbehaving"), "behaviour"), "hang in constructor");

        Diagnostic problem = FailureOf("misbehaving");

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.MemberHangs));
        Assert.That(problem.Message, Does.Contain("its constructor did not return within 10 s"));
    }

    [Test]
    public void A_copy_of_the_sdk_in_the_plugins_folder_is_not_used() =>
        Assert.That(Load("own-sdk").Declaration, Is.InstanceOf<PatternDeclaration>());

    [TestCase("no-export", PatternCodes.NoExport, "exports no pattern")]
    [TestCase("two-exports", PatternCodes.SeveralExports, "exports 2 patterns")]
    [TestCase("missing-metadata", PatternCodes.NoMetadata, "without a name or version")]
    [TestCase("unknown-import", PatternCodes.UnknownImport, "IFormatProvider")]
    [TestCase("throwing-constructor", PatternCodes.NotCreated, "its constructor threw InvalidOperationException: no licence found")]
    [TestCase(
        "throwing-static-constructor",
        PatternCodes.NotCreated,
        "its static constructor threw InvalidOperationException: no table found")]
    public void A_defect_is_one_diagnostic_with_the_plugins_name(string id, string code, string message)
    {
        _folders.Add(id);

        Diagnostic problem = FailureOf(id);

        Assert.That(problem.Code, Is.EqualTo(code));
        Assert.That(problem.Message, Does.StartWith($"The plugin '{id}' ").And.Contain(message).And.Not.Contain("\n"));
        Assert.That(problem.Remedy, Is.Not.Empty);
    }

    [Test]
    public void A_text_file_is_no_assembly()
    {
        PluginFolders.ReplaceAssembly(_folders.Add("good"), "hello"u8.ToArray(), rehash: true);

        Assert.That(FailureOf("good").Code, Is.EqualTo(PatternCodes.NotAnAssembly));
    }

    [Test]
    public void A_truncated_assembly_is_no_assembly()
    {
        string folder = _folders.Add("good");
        byte[] whole = File.ReadAllBytes(PluginFolders.AssemblyOf(folder));
        PluginFolders.ReplaceAssembly(folder, whole[..(whole.Length / 3)], rehash: true);

        Diagnostic problem = FailureOf("good");

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.NotAnAssembly));
        Assert.That(problem.Message, Does.Contain("TfgridCompose.Good.dll"));
    }

    [Test]
    public void An_assembly_that_is_not_the_built_one_is_refused()
    {
        string folder = _folders.Add("good");
        byte[] other = File.ReadAllBytes(PluginFolders.AssemblyOf(PluginFolders.StagedFolder("no-export")));
        PluginFolders.ReplaceAssembly(folder, other, rehash: false);

        Assert.That(FailureOf("good").Code, Is.EqualTo(PatternCodes.AssemblyChanged));
    }

    [Test]
    public void A_descriptor_of_another_version_is_refused()
    {
        PluginFolders.Describe(_folders.Add("good"), "version", "9.9.9");

        Assert.That(FailureOf("good").Code, Is.EqualTo(PatternCodes.DescriptorDiffers));
    }

    [Test]
    public void A_newer_contract_that_the_descriptor_hides_is_still_found()
    {
        PluginFolders.Describe(_folders.Add("newer-contract"), "contract", SdkContract.Version);

        Diagnostic problem = FailureOf("newer-contract");

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.ContractTooNew));
        Assert.That(problem.Message, Does.Contain("Sdk 2.0.0.0; this version of tfgrid-compose has contract 1."));
    }

    [Test]
    public void A_newer_contract_that_brings_its_own_sdk_is_found_too()
    {
        string folder = _folders.Add("newer-contract");
        PluginFolders.Describe(folder, "contract", SdkContract.Version);
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "newer-sdk", "TfgridCompose.Patterns.Sdk.dll"),
            Path.Combine(folder, "TfgridCompose.Patterns.Sdk.dll"));

        Assert.That(FailureOf("newer-contract").Code, Is.EqualTo(PatternCodes.ContractTooNew));
    }

    [Test]
    public void A_member_that_throws_is_one_diagnostic_with_the_members_name()
    {
        IPattern pattern = Load("private-yaml");

        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => pattern.Topology(
            new() { AppName = "app", Options = new(new Dictionary<string, object>()) }))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Pattern));
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(PatternCodes.MemberFailed));
        Assert.That(
            failure.Diagnostics.Single().Message,
            Is.EqualTo("The pattern 'private-yaml' failed in Topology: it threw NotSupportedException: no topology for app"));
    }

    [Test]
    public void A_broken_entry_is_not_loaded()
    {
        string folder = _folders.Add("good");
        File.Delete(PluginFolders.AssemblyOf(folder));

        Assert.That(FailureOf("good").Code, Is.EqualTo(PatternCodes.NoAssembly));
    }

    private IPattern Load(string id)
    {
        _folders.Add(id);
        return PatternHost.Load(_folders.Scan().Require(id));
    }

    private Diagnostic FailureOf(string id)
    {
        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => PatternHost.Load(
            _folders.Scan().Entries.Single(entry => entry.Name == id)))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Pattern));
        return failure.Diagnostics.Single();
    }
}
