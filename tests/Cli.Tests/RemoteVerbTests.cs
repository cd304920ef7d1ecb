namespace TfgridCompose.Cli.Tests;

/// <summary>What ssh is called with, argument by argument.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RemoteVerbTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);
        foreach (string recorded in Recorded())
        {
            File.Delete(recorded);
        }
    }

    [Test]
    public async Task Exec_passes_each_word_as_it_was_typed()
    {
        CliResult result = await _lab.RunAsync("exec", "hello", "--", "echo", "two words", "it's", "$HOME", "");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            Ssh(),
            Is.EqualTo((string[])[.. Options(), "-T", "--", $"root@{_lab.Address}", @"echo 'two words' 'it'\''s' '$HOME' ''"]));
    }

    [Test]
    public async Task Exec_passes_the_remote_exit_code_on()
    {
        Assert.That((await _lab.RunAsync("exec", "hello", "--host", "vm", "--", "exit-with-7")).ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task Where_ssh_itself_fails_status_is_advised()
    {
        CliResult result = await _lab.RunAsync("exec", "hello", "--", "exit-with-255");

        Assert.That(
            (result.ExitCode, result.Error),
            Is.EqualTo((
                255,
                $"ssh ended with exit code 255: if it could not connect, `tfgrid-compose status {_lab.Record.Id}` shows what answers\n")));
    }

    [Test]
    public async Task Exec_needs_a_command()
    {
        (await _lab.RunAsync("exec", "hello")).AssertFailed(2, "TFC0103", "`exec` needs a command", "exec hello -- uname -a`");
        Assert.That(Recorded(), Is.Empty);
    }

    [Test]
    public async Task Global_options_after_two_dashes_belong_to_the_command()
    {
        await _lab.RunAsync("exec", "hello", "--", "ls", "--help", "--debug");

        Assert.That(Ssh()[^1], Is.EqualTo("ls --help --debug"));
    }

    [Test]
    public async Task Ssh_opens_a_login_shell()
    {
        await _lab.AnswerAsync("", interactive: true, "ssh", "hello");

        Assert.That(Ssh(), Is.EqualTo((string[])[.. Options(), "-t", "--", $"root@{_lab.Address}"]));
    }

    [Test]
    public async Task Ssh_without_a_terminal_asks_for_none()
    {
        await _lab.RunAsync("ssh", "hello", "--", "uptime");

        Assert.That(Ssh(), Is.EqualTo((string[])[.. Options(), "-T", "--", $"root@{_lab.Address}", "uptime"]));
    }

    [Test]
    public async Task A_host_that_does_not_exist_is_refused_with_the_known_ones()
    {
        (await _lab.RunAsync("ssh", "hello", "--host", "db")).AssertFailed(
            7,
            "TFC0709",
            "has no machine 'db'",
            "name one of vm with --host");
        Assert.That(Recorded(), Is.Empty);
    }

    [TestCase("", "journalctl --no-pager -n 100")]
    [TestCase("--follow --lines 5", "journalctl --no-pager -n 5 -f")]
    public async Task Logs_show_the_journal_where_the_app_names_none(string options, string command)
    {
        await _lab.RunAsync(["logs", "hello", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(Ssh(), Is.EqualTo((string[])[.. Options(), "-T", "--", $"root@{_lab.Address}", command]));
    }

    [Test]
    public async Task Following_a_log_ends_with_Ctrl_C_which_is_no_failure()
    {
        using var cancel = new CancellationTokenSource();
        _lab.Cancellation = cancel.Token;
        _lab.WriteManifest(CliLab.Manifest + "logging: {service: follows-for-ever}\n");
        Assert.That((await _lab.RunAsync("up", _lab.App)).ExitCode, Is.Zero);
        Task<CliResult> following = _lab.RunAsync("logs", "hello", "--follow");
        while (!File.Exists(Path.Combine(_lab.Fakes, "follows")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        await cancel.CancelAsync();
        CliResult logs = await following;

        Assert.That((logs.ExitCode, logs.Out, logs.Error), Is.EqualTo((0, "", "")));
    }

    [TestCase("logging: {service: hello}", "journalctl --no-pager --unit=hello -n 100")]
    [TestCase("logging: {location: /var/log/my app.log}", "tail -n 100 -- '/var/log/my app.log'")]
    public async Task Logs_show_what_the_manifest_names(string manifest, string command)
    {
        _lab.WriteManifest(CliLab.Manifest + manifest + "\n");
        await _lab.RunAsync("up", _lab.App);
        foreach (string recorded in Recorded())
        {
            File.Delete(recorded);
        }

        await _lab.RunAsync("logs", "hello");

        Assert.That(Ssh()[^1], Is.EqualTo(command));
    }

    [Test]
    public async Task Ctrl_C_is_the_usual_end_of_logs()
    {
        using var interrupt = new CancellationTokenSource();
        (_lab.Cancellation, string journal) = (interrupt.Token, _lab.Write("fakes/journal", "first\n"));
        _lab.Write("fakes/journal-goes-on", "");

        Task<CliResult> following = _lab.RunAsync("logs", "hello", "--follow");
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        await interrupt.CancelAsync();
        CliResult result = await following;

        Assert.That((result.ExitCode, result.Out, result.Error), Is.EqualTo((0, "first\n", "")), journal);
    }

    [Test]
    public async Task Where_nobody_reads_any_more_logs_end()
    {
        _lab.Write("fakes/journal", "first\nsecond\n");
        _lab.Write("fakes/journal-goes-on", "");
        _lab.ReaderIsGone = () => true;

        CliResult result = await _lab.RunAsync("logs", "hello", "--follow");

        Assert.That((result.ExitCode, result.Out, result.Error), Is.EqualTo((0, "", "")));
    }

    [Test]
    public async Task The_log_of_a_hook_that_never_ran_is_refused()
    {
        (await _lab.RunAsync("logs", "hello", "--hook", "healthcheck")).AssertFailed(
            2,
            "TFC0103",
            "no log of a hook 'healthcheck'",
            "setup, configure, healthcheck");
        (await _lab.RunAsync("logs", "hello", "--hook", "../../etc/passwd")).AssertFailed(2, "TFC0103", "no log of a hook", "setup");
        (await _lab.RunAsync("logs", "hello", "--lines", "0")).AssertFailed(2, "TFC0103", "--lines is 0", "above 0");
    }

    [Test]
    public async Task The_address_is_printed_alone()
    {
        Assert.That((await _lab.RunAsync("address", "hello")).Out, Is.EqualTo($"{_lab.Address}\n"));
    }

    [Test]
    public async Task Status_ends_with_6_where_the_machine_does_not_answer()
    {
        _lab.StopMachine();

        CliResult result = await _lab.RunAsync("status", "hello");

        Assert.That(result.ExitCode, Is.EqualTo(6), result.Error);
        Assert.That(result.Out, Does.Match(@"ssh vm +port 22 refused"));
    }

    private string[] Recorded() => Directory.GetFiles(_lab.Fakes, "ssh.*");

    private string[] Ssh() => File.ReadAllLines(Recorded().Single());

    private string[] Options() =>
    [
        "-F", "/dev/null",
        "-o", "BatchMode=yes",
        "-o", "PasswordAuthentication=no",
        "-o", "StrictHostKeyChecking=yes",
        "-o", $"UserKnownHostsFile={_lab.Folder.KnownHosts}",
        "-o", "GlobalKnownHostsFile=/dev/null",
        "-o", "HashKnownHosts=no",
        "-o", $"HostKeyAlias=vm.{_lab.Record.Id}",
        "-o", "ConnectTimeout=5",
        "-o", "ServerAliveInterval=10",
        "-o", "ServerAliveCountMax=6",
        "-o", "ControlMaster=auto",
        "-o", "ControlPath=none",
        "-o", "ControlPersist=30",
        "-o", "LogLevel=ERROR",
        "-o", "IdentitiesOnly=yes", "-i", $"{_lab.Home}/.ssh/id_ed25519",
    ];
}
