using NLog;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tests.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>Real plugins in real processes of the real program.</summary>
public sealed class PatternVerifierTests
{
    private static readonly OwnProgram Program = new([
        "dotnet", Path.Combine(Builds.Repository, "Cli/bin", Builds.Configuration, "net10.0/tfgrid-compose.dll")]);

    private PluginFolders _folders = null!;

    [SetUp]
    public void CreateFolders() => _folders = new PluginFolders();

    [TearDown]
    public void RemoveFolders() => _folders.Remove();

    [Test]
    public async Task A_good_plugin_passes_without_a_word()
    {
        _folders.Add("good");

        VerifiedPattern result = await VerifyAsync();

        Assert.That((result.Problem?.Message, result.Warnings.Count), Is.EqualTo(((string?)null, 0)));
    }

    [TestCase("exit in constructor", PatternCodes.PluginCrashed, "ended its process with exit code 42")]
    [TestCase("exit in topology", PatternCodes.PluginCrashed, "ended its process with exit code 42")]
    [TestCase("leave in constructor", PatternCodes.PluginCrashed, "ended its process with exit code 0")]
    [TestCase("overflow in topology", PatternCodes.PluginCrashed, "exit code 134: Stack overflow")]
    [TestCase("thread in topology", PatternCodes.PluginCrashed, "on a thread of its own")]
    public async Task A_plugin_that_ends_its_process_is_a_line_like_any_other(string behaviour, string code, string message)
    {
        Behave(behaviour);

        Diagnostic problem = (await VerifyAsync()).Problem!;

        Assert.That(problem.Code, Is.EqualTo(code));
        Assert.That(problem.Message, Does.StartWith("The plugin 'misbehaving' ").And.Contain(message).And.Not.Contain("\n"));
    }

    [Test]
    public async Task A_plugin_that_hangs_is_ended_at_the_limit()
    {
        Behave("hang in topology");

        Diagnostic problem = (await VerifyAsync(TimeSpan.FromSeconds(3))).Problem!;

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.MemberHangs));
        Assert.That(problem.Message, Is.EqualTo("The plugin 'misbehaving' did not end within 3 s"));
    }

    [Test]
    public async Task What_a_plugin_prints_is_a_warning()
    {
        Behave("print in topology");

        VerifiedPattern result = await VerifyAsync();

        Assert.That(result.Problem, Is.Null);
        Assert.That(result.Warnings, Is.EqualTo([Diagnostic.Warning(
            PatternCodes.Prints,
            "The plugin 'misbehaving' prints to the console: hello from a pattern",
            "tell the plugin's author; its output goes to standard error")]));
    }

    [Test]
    public async Task A_defect_of_loading_is_the_same_line_as_in_process()
    {
        _folders.Add("throwing-constructor");

        Assert.That(
            (await VerifyAsync()).Problem!.Message,
            Does.Contain("its constructor threw InvalidOperationException: no licence found"));
    }

    [Test]
    public async Task A_plugin_without_a_main_file_does_not_pass()
    {
        _folders.Add("own-sdk");

        Assert.That((await VerifyAsync()).Problem!.Code, Is.EqualTo(PatternCodes.NoFiles));
    }

    [Test]
    public async Task One_bad_plugin_changes_nothing_for_the_others()
    {
        _folders.Add("good");
        Behave("overflow in constructor");
        _folders.Add("no-export");

        IReadOnlyList<VerifiedPattern> results = await VerifierWith(null).VerifyAsync(_folders.Scan().Entries, CancellationToken.None);

        Assert.That(results.Select(result => (result.Entry.Name, result.Problem?.Code)), Is.EqualTo(new[]
        {
            ("good", null), ("misbehaving", PatternCodes.PluginCrashed), ("no-export", PatternCodes.NoExport),
        }));
    }

    [Test]
    public async Task Results_are_remembered_until_the_plugin_changes()
    {
        string folder = _folders.Add("no-export");
        string path = Path.Combine(_folders.UserRoot, "patterns.verified");
        VerifyMemory.Load(path).Save(path, [await VerifyAsync()]);

        string? remembered = VerifyMemory.Load(path).ResultOf(_folders.Scan().Entries.Single());
        PluginFolders.Describe(folder, "sha256", new string('0', 64));
        string? changed = VerifyMemory.Load(path).ResultOf(_folders.Scan().Entries.Single());

        Assert.That(remembered, Does.Contain("exports no pattern").And.EndWith("[TFC0811]"));
        Assert.That(changed, Is.Null);
    }

    [Test]
    public void A_folder_pattern_that_was_changed_anywhere_since_is_not_remembered()
    {
        string folder = Path.Combine(_folders.UserRoot, "mine");
        Directory.CreateDirectory(Path.Combine(folder, "infrastructure"));
        File.WriteAllText(Path.Combine(folder, "pattern.yaml"), "name: mine\nversion: 1.0.0\n");
        File.WriteAllText(Path.Combine(folder, "infrastructure/main.tf"), "");
        string path = Path.Combine(_folders.UserRoot, "patterns.verified");
        PatternCatalogEntry entry = PluginCatalog.Open(folder);
        VerifyMemory.Load(path).Save(path, [new(entry, Diagnostic.Error("TFC0846", "no output", "add it"), [])]);

        Assert.That(VerifyMemory.Load(path).ResultOf(entry), Is.EqualTo("no output [TFC0846]"));
        File.WriteAllText(Path.Combine(folder, "infrastructure/outputs.tf"), "");
        Assert.That(VerifyMemory.Load(path).ResultOf(PluginCatalog.Open(folder)), Is.Null);
    }

    [Test]
    public void A_result_is_remembered_without_what_steers_a_terminal()
    {
        string folder = _folders.Add("good");
        string path = Path.Combine(_folders.UserRoot, "patterns.verified");
        VerifyMemory.Load(path).Save(path, [new(PluginCatalog.Open(folder), Diagnostic.Error("TFC0811", "a\u001b[2J\tb\nc", "x"), [])]);

        Assert.That(VerifyMemory.Load(path).ResultOf(PluginCatalog.Open(folder)), Is.EqualTo("a?[2J b c [TFC0811]"));
    }

    [TestCase(1, "", "\u001b[2Jcrashed")]
    [TestCase(8, "[\"TFC0811\",\"a\\u001b[2Jb\",\"c\\u009bd\"]", "")]
    [TestCase(0, "", "\u001b]0;title\u0007")]
    [TestCase(8, "[\"TFC0811\",null,\"c\"]", "\u001b[2J")]
    public async Task What_a_plugin_says_steers_no_terminal(int exitCode, string output, string error)
    {
        _folders.Add("good");
        var runner = new RecordingRunner(_ => new ToolResult(exitCode, output, error.Length > 0 ? [error] : [], TimedOut: false));

        VerifiedPattern result = (await new PatternVerifier(Program, runner).VerifyAsync(
            _folders.Scan().Entries,
            CancellationToken.None)).Single();

        Diagnostic said = result.Problem ?? result.Warnings.Single();
        Assert.That(said.Message + said.Remedy, Has.None.Matches<char>(char.IsControl).And.Contains('?'));
    }

    private void Behave(string behaviour) => File.WriteAllText(Path.Combine(_folders.Add("misbehaving"), "behaviour"), behaviour);

    private async Task<VerifiedPattern> VerifyAsync(TimeSpan? limit = null) =>
        (await VerifierWith(limit).VerifyAsync(_folders.Scan().Entries, CancellationToken.None)).Single();

    private static PatternVerifier VerifierWith(TimeSpan? limit) =>
        new(Program, new ToolRunner(LogManager.CreateNullLogger(), new SecretMask(), ToolInterrupt.None, ProcessEnvironment.Read()), limit);
}
