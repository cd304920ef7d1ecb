using NLog;
using NLog.Config;
using NLog.Targets;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

/// <summary>Runs real small programs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ToolRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-run-").FullName;
    private readonly SecretMask _mask = new();
    private readonly MemoryTarget _log = new() { Layout = "${message}" };
    private readonly LogFactory _logs = new();
    private readonly Dictionary<string, string> _environment = ProcessEnvironment.Read();
    private readonly ToolRunner _runner;

    public ToolRunnerTests()
    {
        var configuration = new LoggingConfiguration();
        configuration.AddRule(LogLevel.Trace, LogLevel.Fatal, _log);
        _logs.Configuration = configuration;
        _runner = new ToolRunner(_logs.GetLogger("test"), _mask, ToolInterrupt.None, _environment);
    }

    public void Dispose()
    {
        _logs.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Output_errors_and_the_exit_code_come_back()
    {
        var lines = new List<string>();

        ToolResult result = await RunAsync(Sh("echo out; echo wrong >&2; exit 3") with { OnOutput = lines.Add });

        Assert.That((result.ExitCode, result.Output, result.Tail(), result.Succeeded), Is.EqualTo((3, "out\n", "wrong", false)));
        Assert.That(lines, Is.EqualTo(["out"]));
    }

    [Test]
    public async Task A_line_of_five_megabytes_is_whole_and_one_that_is_longer_than_is_kept_is_no_result()
    {
        ToolResult whole = await RunAsync(Sh("head -c 5000000 /dev/zero | tr '\\0' x"));
        ToolCommand tooLong = Sh("head -c 70000000 /dev/zero | tr '\\0' x");
        ToolResult cut = await RunAsync(tooLong);
        List<int> seen = [];
        ToolResult followed = await RunAsync(tooLong with { OnOutput = line => seen.Add(line.Length) });

        Assert.That(whole.Output, Has.Length.EqualTo(5_000_001));
        Assert.That((cut.Succeeded, cut.WasCut, followed.WasCut), Is.EqualTo((true, true, true)));
        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => _ = cut.Output)!;
        Assert.That(refused.Diagnostics.Single().Code, Is.EqualTo(ToolCodes.OutputTooLong));
        Assert.That(refused.Message, Is.EqualTo("sh printed more than can be read."));
        Assert.That((seen.Sum(), seen.Max()), Is.EqualTo((70_000_000, tooLong.LongestLine)), "followed in pieces");
        Assert.That(tooLong.LongestLine, Is.LessThan(100_000), "so that a line of any length costs little memory");
    }

    [Test]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] hostile = ["it's", "a b", "$HOME", "`id`", "\"", "\\", "", "*", "two\nlines", "--", "-n"];

        ToolResult result = await RunAsync(new ToolCommand("printf", ["<%s>", .. hostile]));

        Assert.That(result.Output, Is.EqualTo(string.Concat(hostile.Select(word => $"<{word}>")) + "\n"));
    }

    [Test]
    public async Task A_tool_whose_input_fails_is_killed_before_its_input_ends()
    {
        string done = Path.Combine(_folder, "done");
        var reason = new IOException("the disk is broken");

        ToolResult result = await RunAsync(Sh($"cat >/dev/null; touch '{done}'") with
        {
            Input = async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                throw reason;
            },
        });

        Assert.That((result.Succeeded, result.InputProblem, result.TimedOut), Is.EqualTo((false, reason, false)));
        Assert.That(done, Does.Not.Exist);
    }

    [Test]
    public async Task A_tool_that_does_not_read_all_of_its_input_decides_by_its_exit_code()
    {
        ToolResult result = await RunAsync(Sh("exit 0") with
        {
            Input = (stream, token) => stream.WriteAsync(new byte[10_000_000], token).AsTask(),
        });

        Assert.That((result.Succeeded, result.InputProblem), Is.EqualTo((true, (Exception?)null)));
    }

    [Test]
    public async Task A_missing_program_ends_with_127_and_the_reason()
    {
        ToolResult result = await RunAsync(new ToolCommand("no-such-program-at-all", []));

        Assert.That(result.ExitCode, Is.EqualTo(127));
        Assert.That(result.Tail(), Does.StartWith("no-such-program-at-all: "));
    }

    [Test]
    public async Task A_tool_that_takes_too_long_is_killed()
    {
        ToolResult result = await RunAsync(new ToolCommand("sleep", ["30"]) { TimeLimit = TimeSpan.FromMilliseconds(200) });

        Assert.That((result.TimedOut, result.Succeeded), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Secrets_are_masked_in_the_log_the_file_and_error_lines_and_not_in_what_is_parsed()
    {
        string file = Path.Combine(_folder, "tool.log");
        var errors = new List<string>();
        _mask.Add("hunter22");

        ToolResult result = await RunAsync(Sh("echo hunter22; echo hunter22 >&2") with { LogFile = file, OnError = errors.Add });

        Assert.That((result.Output, result.LastErrorLines[0], errors[0]), Is.EqualTo(("hunter22\n", "***", "***")));
        Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain("hunter22").And.Contain("***"));
        Assert.That(_log.Logs, Has.None.Contains("hunter22").And.Some.Contains("echo ***"));
    }

    [Test]
    public async Task A_log_file_is_its_owners_alone_and_is_appended_to()
    {
        string file = Path.Combine(_folder, "tool.log");

        await RunAsync(Sh("echo one") with { LogFile = file });
        await RunAsync(Sh("echo two") with { LogFile = file });

        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("one\ntwo\n"));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task The_mnemonic_reaches_only_the_tool_that_is_given_it()
    {
        const string Show = "echo ${MNEMONIC-none} ${TF_VAR_mnemonic-none}";
        _environment["MNEMONIC"] = "words";
        _environment["TF_VAR_mnemonic"] = "words";

        Assert.That((await RunAsync(Sh(Show))).Output, Is.EqualTo("none none\n"));
        Assert.That(
            (await RunAsync(Sh(Show) with { Environment = new Dictionary<string, string?> { ["MNEMONIC"] = "given" } })).Output,
            Is.EqualTo("given none\n"));
    }

    [TestCase(false, false, TestName = "A program is found through the PATH of the run: by itself")]
    [TestCase(true, false, TestName = "A program is found through the PATH of the run: in its own process group")]
    [TestCase(false, true, TestName = "A program is found through the PATH of the run: with its output in a file")]
    public async Task A_program_is_found_through_the_PATH_of_the_run(bool ownGroup, bool toFile)
    {
        string tools = Path.Combine(_folder, "tools");
        Directory.CreateDirectory(tools);
        await File.WriteAllTextAsync(Path.Combine(tools, "uname"), "#!/bin/sh\necho ours: \"$1\"\n");
        File.SetUnixFileMode(Path.Combine(tools, "uname"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _environment["PATH"] = $"{tools}:{_environment["PATH"]}";
        var lines = new List<string>();

        ToolResult result = await RunAsync(new ToolCommand(
            "uname",
            ["-a"])
        { OwnGroup = ownGroup, OutputFolder = toFile ? _folder : null, OnOutput = lines.Add });

        Assert.That((result.ExitCode, string.Join('|', lines)), Is.EqualTo((0, "ours: -a")));
    }

    [Test]
    public async Task A_tool_gets_the_runs_variables_and_none_of_this_process()
    {
        _environment.Clear();
        _environment["PATH"] = "/usr/bin:/bin";
        _environment["OF_THE_RUN"] = "yes";
        _environment["NOT_FOR_TOOLS"] = "yes";

        ToolResult result = await RunAsync(new ToolCommand(
            "env",
            [])
        {
            Environment = new Dictionary<string, string?> { ["OF_THE_TOOL"] = "yes" },
            Inherits = ["OF_THE_*"],
        });

        Assert.That(
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EquivalentTo(["PATH=/usr/bin:/bin", "OF_THE_RUN=yes", "OF_THE_TOOL=yes", "LC_ALL=C.UTF-8"]));
    }

    [Test]
    public async Task A_followed_tools_errors_arrive_too()
    {
        var lines = new List<string>();

        ToolResult result = await RunAsync(Sh("echo out; echo wrong >&2; exit 3") with { OutputFolder = _folder, OnOutput = lines.Add });

        Assert.That((result.ExitCode, string.Join('|', lines)), Is.EqualTo((3, "out|wrong")));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty, "the file has no name any more");
    }

    [Test]
    public async Task The_working_folder_and_standard_input_are_the_tools_own()
    {
        ToolResult result = await RunAsync(Sh("pwd; cat") with
        {
            WorkingDirectory = _folder,
            Input = async (stream, cancellation) => await stream.WriteAsync("hello"u8.ToArray(), cancellation),
        });

        Assert.That(result.Output, Is.EqualTo($"{_folder}\nhello\n"));
        Assert.That((await RunAsync(Sh("cat; echo end"))).Output, Is.EqualTo("end\n"), "without input it is empty");
    }

    [Test]
    public async Task Only_the_last_error_lines_are_kept()
    {
        ToolResult result = await RunAsync(Sh("for i in $(seq 100); do echo line $i >&2; done"));

        Assert.That(
            (result.LastErrorLines.Count, result.LastErrorLines[^1], result.Tail(2)),
            Is.EqualTo((40, "line 100", "line 99\nline 100")));
    }

    [Test]
    public async Task A_clean_up_is_not_reached_by_a_signal_that_was_passed_on_before()
    {
        var runner = new ToolRunner(
            _logs.GetLogger("test"),
            _mask,
            new ToolInterrupt(new CancellationToken(canceled: true), CancellationToken.None),
            _environment);

        ToolResult clean = await runner.RunAsync(Sh("sleep 0.2; echo done") with { CleansUp = true }, CancellationToken.None);
        ToolResult other = await runner.RunAsync(Sh("sleep 0.2; echo done"), CancellationToken.None);

        Assert.That((clean.Succeeded, clean.Output, other.Succeeded), Is.EqualTo((true, "done\n", false)));
    }

    private static ToolCommand Sh(string script) => new("sh", ["-c", script]);

    private Task<ToolResult> RunAsync(ToolCommand command) =>
        _runner.RunAsync(command, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
}
