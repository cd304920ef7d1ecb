using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tests.Plugins.Loading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Catalog;

public sealed class PluginCatalogTests
{
    private PluginFolders _folders = null!;

    [SetUp]
    public void CreateFolders() => _folders = new PluginFolders();

    [TearDown]
    public void RemoveFolders() => _folders.Remove();

    [Test]
    public void A_good_plugin_is_active_and_its_descriptor_tells_who_it_is()
    {
        _folders.Add("good");

        PatternCatalogEntry entry = _folders.Scan().Require("good");

        Assert.Multiple(() =>
        {
            Assert.That(entry.IsActive);
            Assert.That(entry.BuiltIn);
            Assert.That(entry.Descriptor!.Version, Is.EqualTo("1.2.3"));
            Assert.That(entry.Descriptor.Description, Is.EqualTo("One machine, with a \"quoted\" word."));
            Assert.That(entry.Descriptor.Contract, Is.EqualTo(SdkContract.Version));
        });
    }

    [Test]
    public void The_descriptor_gives_the_same_declaration_as_the_assembly()
    {
        _folders.Add("good");
        PatternCatalogEntry entry = _folders.Scan().Require("good");

        PatternDeclaration loaded = PatternHost.Load(entry).Declaration;

        Assert.That(Json(entry.Declaration), Is.EqualTo(Json(loaded)));
        Assert.That(entry.Declaration.Options.Select(option => option.Name), Is.EqualTo(new[] { "cpu", "disk", "size", "services" }));
        Assert.That(entry.Declaration.Options[^1].Fields.Single().Default, Is.EqualTo("80"));

        static string Json(PatternDeclaration declaration) => System.Text.Json.JsonSerializer.Serialize(declaration);
    }

    [Test]
    public void A_field_that_an_older_sdk_did_not_write_is_empty()
    {
        string folder = _folders.Add("good");
        PluginFolders.Describe(folder, "commands", null);

        Assert.That(_folders.Scan().Require("good").Declaration.Commands, Is.Empty);
    }

    [Test]
    public void A_command_says_whether_status_shows_it()
    {
        string folder = _folders.Add("good");
        PluginFolders.Describe(folder, "commands", JsonNode.Parse("""[{"name":"a","role":"vm","command":["x"],"inStatus":true},{"name":"b","role":"vm","command":["x"]}]"""));

        Assert.That(_folders.Scan().Require("good").Declaration.Commands.Select(command => command.InStatus), Is.EqualTo([true, false]));
    }

    [Test]
    public void A_declaration_of_the_wrong_shape_is_one_problem()
    {
        string folder = _folders.Add("good");
        PluginFolders.Describe(folder, "options", "none");
        PatternCatalogEntry entry = _folders.Scan().Require("good");

        Assert.That(Code(() => entry.Declaration), Is.EqualTo(PatternCodes.InvalidDescriptor));
    }

    [TestCase("schema", "2", "has schema 2")]
    [TestCase("name", "\"../x\"", "names the pattern '../x'")]
    [TestCase("version", "null", "has no version")]
    [TestCase("assembly", "\"../evil.dll\"", "names the assembly '../evil.dll'")]
    [TestCase("sha256", "\"ab\"", "has no sha256")]
    [TestCase("contract", "\"\"", "has the contract ''")]
    public void A_bad_field_makes_the_descriptor_invalid(string field, string json, string expected)
    {
        string folder = _folders.Add("good");
        PluginFolders.Describe(folder, field, System.Text.Json.Nodes.JsonNode.Parse(json));

        Diagnostic problem = Only(_folders.Scan()).Problem!;

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.InvalidDescriptor));
        Assert.That(problem.Message, Does.Contain(expected).And.Contain(folder));
    }

    [TestCase("{ \"schema\": 1,")]
    [TestCase("")]
    [TestCase("not json")]
    [TestCase("[]")]
    public void A_descriptor_that_is_no_json_object_is_invalid(string content)
    {
        string folder = _folders.Add("good");
        File.WriteAllText(Path.Combine(folder, PluginDescriptor.FileName), content);

        Assert.That(Only(_folders.Scan()).Problem!.Code, Is.EqualTo(PatternCodes.InvalidDescriptor));
    }

    [TestCase("[]", "is not a JSON object")]
    [TestCase("{ \"schema\": 1 } more", "is not valid JSON (line 1)")]
    public void What_is_wrong_with_the_file_is_named(string content, string expected)
    {
        string folder = _folders.Add("good");
        File.WriteAllText(Path.Combine(folder, PluginDescriptor.FileName), content);

        Assert.That(Only(_folders.Scan()).Problem!.Message, Does.Contain(expected));
    }

    // From 16 plugins on, two threads read them.
    [TestCase(1, "\u00ff")]
    [TestCase(1, "\\ud800")]
    [TestCase(20, "\u00ff")]
    public void A_descriptor_whose_text_is_not_unicode_is_invalid_and_stops_no_listing(int broken, string letter)
    {
        _folders.Add("good");
        for (int i = 0; i < broken; i++)
        {
            string descriptor = Path.Combine(_folders.Add("good", $"broken{i}"), PluginDescriptor.FileName);
            string text = File.ReadAllText(descriptor).Replace("\"good\"", $"\"{letter}\"", StringComparison.Ordinal);
            File.WriteAllText(descriptor, text, System.Text.Encoding.Latin1);
        }

        PluginCatalog catalog = _folders.Scan();

        Assert.That(catalog.Require("good").IsActive);
        string?[] problems = [.. catalog.Entries.Select(entry => entry.Problem?.Message).OfType<string>()];
        Assert.That(problems, Has.Length.EqualTo(broken).And.All.Contain("is not valid JSON"));
    }

    [Test]
    public void A_folder_without_a_descriptor_is_a_problem_under_its_own_name()
    {
        Directory.CreateDirectory(Path.Combine(_folders.BuiltInRoot, "bare"));

        Assert.That(Code(() => _folders.Scan().Require("bare")), Is.EqualTo(PatternCodes.NoDescriptor));
    }

    [TestCase("other/plugin.yaml")]
    [TestCase(".staging/half")]
    [TestCase("README.md")]
    public void Folders_of_other_kinds_and_files_are_ignored(string file)
    {
        string path = Path.Combine(_folders.BuiltInRoot, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        Assert.That(_folders.Scan().Entries, Is.Empty);
    }

    [Test]
    public void A_missing_assembly_is_a_problem()
    {
        string folder = _folders.Add("good");
        File.Delete(PluginFolders.AssemblyOf(folder));

        Assert.That(Code(() => _folders.Scan().Require("good")), Is.EqualTo(PatternCodes.NoAssembly));
    }

    [TestCase("""{"targets": {"net10.0": {"a/1.0.0": {"runtime": {"lib/net10.0/Gone.dll": {"assemblyVersion": "1.0.0.0"}}}}}}""", "Gone.dll")]
    [TestCase("""{"targets": {"net10.0": {"a/1.0.0": {"native": {"native/libgone.so": {}}}}}}""", "libgone.so")]
    [TestCase("""{"targets": {"net10.0": {"a/1.0.0": {"runtimeTargets": {"runtimes/linux-x64/native/libgone.so": {"rid": "linux-x64"}}}}}}""", "runtimes/linux-x64/native/libgone.so")]
    [TestCase("""{"targets": {"net10.0": {"a\u002Bb/1.0.0": {"runtime": {"lib/Go\u002Bne.dll": {}}}}}}""", "Go+ne.dll")]
    [TestCase("""{"targets": {"net10.0": {""", "a valid TfgridCompose.Good.deps.json")]
    [TestCase("no JSON", "a valid TfgridCompose.Good.deps.json")]
    public void What_a_deps_file_promises_must_be_there(string json, string missing)
    {
        File.WriteAllText(Path.ChangeExtension(PluginFolders.AssemblyOf(_folders.Add("good")), ".deps.json"), json);

        Diagnostic problem = _folders.Scan().Entries.Single().Problem!;

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.DependencyMissing));
        Assert.That(problem.Message, Does.Contain($"needs {missing}, which is not in"));
    }

    [TestCase("""{"targets": {"net10.0": {"a/1.0.0": {"compile": {"lib/Gone.dll": {}}, "dependencies": {"Gone.dll": "1.0"}}}}}""")]
    [TestCase("""{"libraries": {"net10.0": {"a/1.0.0": {"runtime": {"lib/Gone.dll": {}}}}}}""")]
    public void What_a_deps_file_only_mentions_need_not(string json)
    {
        File.WriteAllText(Path.ChangeExtension(PluginFolders.AssemblyOf(_folders.Add("good")), ".deps.json"), json);

        Assert.That(_folders.Scan().Require("good").IsActive);
    }

    [Test]
    public void An_assembly_that_is_not_the_built_one_is_a_problem()
    {
        PluginFolders.ReplaceAssembly(_folders.Add("good"), "another build"u8.ToArray(), rehash: false);

        Diagnostic problem = _folders.Scan().Entries.Single().Problem!;

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.AssemblyChanged));
        Assert.That(problem.Message, Does.Contain("a different TfgridCompose.Good.dll").And.Contain("CRC-32C"));
    }

    [Test]
    public void A_descriptor_of_the_first_sdk_has_no_checksum_and_is_active()
    {
        PluginFolders.Describe(_folders.Add("good"), "crc32c", null);

        Assert.That(_folders.Scan().Require("good").IsActive);
    }

    [Test]
    public void A_missing_private_dependency_is_named_before_anything_is_loaded()
    {
        string folder = _folders.Add("private-yaml");
        File.Delete(Path.Combine(folder, "YamlDotNet.dll"));

        Diagnostic problem = Only(_folders.Scan()).Problem!;

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.DependencyMissing));
        Assert.That(problem.Message, Does.Contain("YamlDotNet.dll"));
    }

    [TestCase("2.0", PatternCodes.ContractTooNew)]
    [TestCase("1.99", PatternCodes.ContractTooNew)]
    [TestCase("0.9", PatternCodes.ContractTooOld)]
    public void Another_contract_is_refused_before_anything_is_loaded(string contract, string code)
    {
        string folder = _folders.Add("good");
        PluginFolders.Describe(folder, "contract", contract);

        Assert.That(Only(_folders.Scan()).Problem!.Code, Is.EqualTo(code));
    }

    [Test]
    public void A_third_party_plugin_never_displaces_a_built_in_one()
    {
        string builtIn = _folders.Add("good", folder: "zzz");
        _folders.Add("good", folder: "aaa", builtIn: false);

        PluginCatalog catalog = _folders.Scan();

        Assert.That(catalog.Require("good").Folder, Is.EqualTo(builtIn));
        Assert.That(catalog.Entries[1].Problem!.Code, Is.EqualTo(PatternCodes.NameTaken));
        Assert.That(catalog.Entries[1].Problem!.Message, Does.Contain("built-in"));
    }

    [Test]
    public void A_broken_folder_does_not_take_the_name_of_a_plugin()
    {
        Directory.CreateDirectory(Path.Combine(_folders.BuiltInRoot, "good"));
        string folder = _folders.Add("good", folder: "other");

        Assert.That(_folders.Scan().Require("good").Folder, Is.EqualTo(folder));
    }

    [Test]
    public void One_broken_plugin_leaves_the_others_alone()
    {
        _folders.Add("good");
        File.WriteAllText(Path.Combine(_folders.Add("no-export"), PluginDescriptor.FileName), "?");

        Assert.That(
            _folders.Scan().Entries.Select(entry => (entry.Name, entry.IsActive)),
            Is.EqualTo(new[] { ("good", true), ("no-export", false) }));
    }

    [Test]
    public void An_unknown_name_gets_the_nearest_ones()
    {
        _folders.Add("good");
        _folders.Add("private-yaml");

        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => _folders.Scan().Require("goood"))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Pattern));
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(PatternCodes.UnknownPattern));
        Assert.That(failure.Diagnostics.Single().Remedy, Is.EqualTo("write 'good'"));
    }

    [Test]
    public void Roots_that_do_not_exist_hold_nothing() => Assert.That(_folders.Scan().Entries, Is.Empty);

    private static PatternCatalogEntry Only(PluginCatalog catalog) => catalog.Entries.Single();

    private static string Code(Func<object> call) => Assert.Throws<DiagnosticException>(() => call())!.Diagnostics.Single().Code;
}
