using System.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// The quick verbs in a process of its own, of a program that has no option parser and no logger beside it: whatever
/// needs one, fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuickVerbTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Needed =
    [
        "tfgrid-compose.dll",
        "tfgrid-compose.runtimeconfig.json",
        "TfgridCompose.Core.dll",
        "TfgridCompose.Patterns.Sdk.dll",
    ];
    private readonly CliLab _lab = new();

    public QuickVerbTests()
    {
        string plugins = Path.Combine(AppContext.BaseDirectory, "plugins");
        string[] files =
        [
            .. Needed.Select(file => Path.Combine(AppContext.BaseDirectory, file)),
            .. Directory.GetFiles(plugins, "*", SearchOption.AllDirectories),
        ];
        foreach (string file in files)
        {
            string target = Path.Combine(_lab.Root, "program", Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => _lab.Dispose();

    [TestCase("ps")]
    [TestCase("ps", "--output", "json")]
    [TestCase("ps", "--output=json")]
    public async Task Ps_looks_as_the_long_way_does(params string[] args)
    {
        Deploy();

        (int code, string output) = Run(args);

        Assert.That(code, Is.Zero, output);
        Assert.That(Ageless(output), Is.EqualTo(Ageless((await _lab.RunAsync(args)).Out)));
        Assert.That(output, Does.Contain("id3").And.Not.Contain("\u001b"));
    }

    [TestCase("patterns", "list")]
    [TestCase("patterns", "list", "--output", "json")]
    [TestCase("patterns", "list", "--output=json")]
    public async Task Patterns_list_looks_as_the_long_way_does(params string[] args)
    {
        _lab.InstallDisguised("disguised");
        _lab.Write("home/.tfgrid-compose/plugins/broken/plugin.json", "{ this is not JSON");
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/pattern.yaml",
            "name: own\nversion: 1.0.0\ndescription: Of my own.\nroles: {server: {}}\n");
        _lab.Write("home/.tfgrid-compose/plugins/own/infrastructure/main.tf", "");
        Assert.That((await _lab.RunAsync("patterns", "verify", "disguised")).ExitCode, Is.EqualTo(8), "what it found is in the list too");

        (int code, string output) = Run(args);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Is.EqualTo(InProgram((await _lab.RunAsync(args)).Out)));
        Assert.That(output, Does.Contain("[TFC0803]").And.Contain("[TFC0816]").And.Contain("Of my own."));
    }

    [Test]
    public async Task The_version_is_quick_too() =>
        Assert.That(Run(["--version"]), Is.EqualTo((0, (await _lab.RunAsync("--version")).Out)));

    [TestCase("ps", "--rescan")]
    [TestCase("ps", "--help")]
    [TestCase("patterns", "list", "extra")]
    [TestCase("patterns")]
    [TestCase("--version", "--debug")]
    public void Everything_else_takes_the_long_way(params string[] args) => Assert.That(QuickVerbs.Answer(args), Is.Null);

    [Test]
    public void A_damaged_index_is_left_to_the_long_way()
    {
        Deploy();
        File.AppendAllText(_lab.State.Index, "- {torn");

        Assert.That(Run(["ps"]).Code, Is.Not.Zero, "this program has no long way");
    }

    private void Deploy()
    {
        string[] names = ["hello", "it's é", new string('n', 60), "a\u001bb"];
        foreach ((int i, string name) in names.Index())
        {
            new DeploymentStore(_lab.State, TimeProvider.System).Save(Record($"id{i}", name));
        }

        new Selection(_lab.State).Choose("id1");
    }

    private static DeploymentRecord Record(string id, string name) => new()
    {
        Id = id,
        Name = name,
        AppName = name,
        AppPath = $"/apps/{name}",
        PatternName = "single-vm",
        Grid = "local",
        CreatedAt = DateTimeOffset.UtcNow.AddDays(-3),
        UpdatedAt = DateTimeOffset.UtcNow,
        IpRange = "10.42.0.0/16",
        Seed = new string('0', 64),
    };

    private static string Ageless(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\d+d ", "#d ");

    // Its built-in plugins are those beside it.
    private string InProgram(string text) => text.Replace(
        Path.Combine(AppContext.BaseDirectory, "plugins"), Path.Combine(_lab.Root, "program", "plugins"), StringComparison.Ordinal);

    private (int Code, string Output) Run(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_lab.Root, "program", "tfgrid-compose.dll"), .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = _lab.Home;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it did not end");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
