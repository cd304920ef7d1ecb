using System.Diagnostics;

namespace TfgridCompose.Cli.Tests;

/// <summary>Only what is typed after a question appeared answers it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TypedAheadTests : IDisposable
{
    // A terminal, and a person who types before the question and answers it when it is there.
    private const string Person = """
        import os, pty, select, sys, time
        ahead, answer, program = sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3:]
        gate, go = os.pipe()
        child, terminal = pty.fork()
        if child == 0:
            os.read(gate, 1)
            os.execv(program[0], program)
        os.write(terminal, ahead)
        time.sleep(0.2)
        os.write(go, b'x')
        shown, answered, end = b'', False, time.time() + 50
        while time.time() < end:
            if select.select([terminal], [], [], 1)[0]:
                try:
                    piece = os.read(terminal, 4096)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece
            if b'[y/N]' in shown and not answered:
                time.sleep(0.5)
                os.write(terminal, answer)
                answered = True
        else:
            os.kill(child, 9)
        status = os.waitpid(child, 0)[1]
        sys.stdout.write(shown.decode(errors='replace'))
        sys.stdout.flush()
        os._exit(os.waitstatus_to_exitcode(status) & 255)
        """;

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Every_question_first_discards_what_was_typed()
    {
        var shown = new List<string>();
        _lab.DiscardTyped = shown.Add;
        _lab.Write("hello/deployment/playbook.yml", "- hosts: all\n");

        CliResult up = await _lab.AnswerAsync("y\n", interactive: true, "up", _lab.App, "--grid", "local");
        CliResult down = await _lab.AnswerAsync("n\n", interactive: true, "down", _lab.App);

        Assert.That((up.ExitCode, shown.Count), Is.EqualTo((0, 2)), up.Error + down.Error);
        Assert.That(shown[0], Does.Contain("acts on this computer").And.Not.Contain("[y/N]"));
        Assert.That(shown[1], Does.Not.Contain("[y/N]"));
    }

    [TestCase("y\n", "n\n", 3)]
    [TestCase("y\ny\ny", "\n", 3)]
    [TestCase("n\n", "y\n", 2)]
    public async Task What_was_typed_before_a_question_does_not_answer_it(string ahead, string answer, int exitCode)
    {
        _lab.Write("hello/deployment/playbook.yml", "- hosts: all\n");
        string wrong = _lab.Write("hello/.env", "this line is wrong\n");
        var start = new ProcessStartInfo(
            "python3",
            ["-c", Person, ahead, answer, Path.Combine(AppContext.BaseDirectory, "tfgrid-compose"), "up", _lab.App, "--grid", "local"])
        {
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = _lab.Home, ["CI"] = "" },
        };
        using Process process = Process.Start(start)!;
        string shown = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(70));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));

        Assert.That(process.ExitCode, Is.EqualTo(exitCode), shown);
        Assert.That(shown, Does.Contain("Do you trust it? [y/N]"));
        Assert.That(shown, Does.Contain(exitCode == 3 ? "You did not agree" : wrong));
    }
}
