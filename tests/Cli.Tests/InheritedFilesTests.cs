using System.Diagnostics;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Rendering;

namespace TfgridCompose.Cli.Tests;

/// <summary>What the program inherits from its shell: outputs that are closed, full or not read, and a folder that is gone.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InheritedFilesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "tfgrid-compose.dll");
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("--help")]
    [TestCase("--version")]
    [TestCase("patterns show single-vm")]
    public void A_result_that_cannot_be_written_is_no_success(string verb)
    {
        (int code, string error) = Run($"exec dotnet \"$0\" {verb} >/dev/full");

        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.StartWith("error TFC0337: The output could not be written: ").And.Contain("No space left on device"));
    }

    [TestCase("--help", ExpectedResult = false)]
    [TestCase("ps", ExpectedResult = false)]
    [TestCase("plan --json .", ExpectedResult = false)]
    [TestCase("up . --dry-run", ExpectedResult = false)]
    [TestCase("up --help", ExpectedResult = false)]
    [TestCase("up .", ExpectedResult = true)]
    [TestCase("down app --yes", ExpectedResult = true)]
    public bool Where_a_deployment_was_changed_the_command_is_not_simply_run_again(string line)
    {
        string[] words = line.Split(' ');
        bool changes = VerbTable.Changes(words);

        Assert.That(LostOutput.Text("it is full", changes), Does.Contain(changes ? "`tfgrid-compose status`" : "run it again"));
        return changes;
    }

    [TestCase(0, ExpectedResult = true)]
    [TestCase(10, ExpectedResult = true, Description = "plan --detailed-exitcode")]
    [TestCase(4, ExpectedResult = false)]
    public bool An_exit_code_that_is_a_result_is_replaced(int code) => LostOutput.Replaces(code);

    [TestCase("--help")]
    [TestCase("ps")]
    [TestCase("ps --rescan")]
    public void A_closed_output_is_no_crash(string verb)
    {
        (int code, string error) = Run($"exec dotnet \"$0\" {verb} >&-");

        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Not.Contain("nhandled").And.Not.Contain("this is a bug"));
    }

    [TestCase("2>&-")]
    [TestCase("2>/dev/full")]
    public void Progress_that_cannot_be_written_ends_nothing(string redirection)
    {
        (int code, _) = Run($"exec dotnet \"$0\" down nothing --yes {redirection}");

        Assert.That(code, Is.EqualTo(7), "there is no such deployment");
    }

    [Test]
    public void A_reader_that_has_enough_is_told_nothing()
    {
        (_, string error) = Run("{ dotnet \"$0\" --help; dotnet \"$0\" help patterns; } 2>err | head -n 1 >/dev/null; cat err >&2");

        Assert.That(error, Does.Not.Contain("nhandled").And.Not.Contain("this is a bug").And.Not.Contain("TFC0337"));
    }

    [Test]
    public void A_folder_that_was_removed_meanwhile_is_said()
    {
        (int code, string error) = Run("mkdir gone && cd gone && rmdir ../gone && exec dotnet \"$0\" up .");

        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Is.EqualTo("error TFC0336: The current folder does not exist any more.\n  -> cd to a folder that exists\n"));
    }

    private (int Code, string Error) Run(string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script, Program]) { RedirectStandardError = true, WorkingDirectory = _lab.Work };
        start.Environment["HOME"] = _lab.Home;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it did not end");
        }

        return (process.ExitCode, error.Result);
    }
}
