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

    // This program has no long way: it fails where that would begin, with the log.
    private const string MissingLogger = "Could not load file or assembly 'NLog,";

    private string Program => Path.Combine(_lab.Root, "program", "tfgrid-compose.dll");

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

        (int code, string output) = Run(["ps"]);

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain(MissingLogger));
    }

    [TestCase("index.yaml")]
    [TestCase("selected")]
    public void A_file_that_cannot_be_read_is_left_to_the_long_way(string file)
    {
        Deploy();
        string path = Path.Combine(_lab.State.Path, file);
        // For root, too, reading fails there. A file's mode does not stop root.
        File.Delete(path);
        File.CreateSymbolicLink(path, "/proc/self/mem");

        (int code, string output) = Run(["ps"]);

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain(MissingLogger));
    }

    [Test]
    public async Task A_line_that_is_not_complete_can_be_the_last()
    {
        Deploy();
        File.WriteAllText(_lab.State.Deployment("id3").Record, "{");
        File.Delete(_lab.State.Index);

        Assert.That((await _lab.RunAsync("ps")).Out, Does.Contain("unreadable"));
        Assert.That((await _lab.RunAsync("ps", "--output", "json")).Json.GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public void A_full_disk_is_reported()
    {
        (int code, string output) = Run("sh", ["-c", "exec dotnet \"$0\" --version > /dev/full", Program]);

        Assert.That(code, Is.EqualTo(3));
        Assert.That(output, Does.StartWith("error TFC0337: The output could not be written: ").And.Contain("No space left on device"));
    }

    [Test]
    public void A_reader_that_has_gone_is_no_problem_to_report()
    {
        string wait = Path.Combine(_lab.Root, "gone");
        string script = $"{{ while ! [ -e '{wait}' ]; do sleep 0.05; done; exec dotnet \"$0\" --version; }} | touch '{wait}'";

        (_, string output) = Run("sh", ["-c", script, Program]);

        Assert.That(output, Is.Empty);
    }

    // A pipe takes 64 KiB, then refuses more until it is read.
    [Test]
    public void A_full_pipe_that_does_not_block_is_waited_for()
    {
        Deploy();
        string line = File.ReadAllLines(_lab.State.Index)[0];
        File.WriteAllLines(
            _lab.State.Index,
            Enumerable.Range(0, 2000).Select(i => line.Replace("id0", $"id{i}", StringComparison.Ordinal)));
        string whole = Run(["ps"]).Output;

        (int code, string output) = Run(
            "perl",
            [
                "-e",
                "use Fcntl; pipe(R, W); fcntl(W, F_SETFL, O_WRONLY | O_NONBLOCK); "
                    + "if (!($p = fork)) { open(STDOUT, '>&W'); close(R); exec('dotnet', @ARGV); } "
                    + "close(W); sleep(2); print while <R>; waitpid($p, 0); exit($? >> 8);",
                Program,
                "ps",
            ]);

        Assert.That((code, Ageless(output)), Is.EqualTo((0, Ageless(whole))));
        Assert.That(whole, Has.Length.GreaterThan(100_000));
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

    private (int Code, string Output) Run(string[] args) => Run("dotnet", [Program, .. args]);

    private (int Code, string Output) Run(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
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
