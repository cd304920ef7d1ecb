using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Foundation;

/// <summary>With real programs.</summary>
public sealed class ToolRunnerTests
{
    private static readonly IToolRunner Tools = new ToolRunner();

    [Test]
    public void A_program_gets_its_arguments_whole_and_its_input_and_gives_output_errors_and_exit_code()
    {
        var lines = new List<string>();

        ToolResult result = Tools.Try(["sh", "-c", "cat; echo \"$1\"; echo one >&2; echo two >&2; exit 3", "sh", "a b"], "in;", lines.Add);

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Output, Is.EqualTo("in;a b\n"));
        Assert.That(result.Errors, Is.EqualTo("one\ntwo\n"));
        Assert.That(lines, Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void A_missing_program_is_reported()
    {
        ToolResult result = Tools.Try(["/nowhere/tool", "x"]);

        Assert.That(result.ExitCode, Is.EqualTo(127));
        Assert.That(result.LastErrors, Does.StartWith("/nowhere/tool: "));
    }

    [Test]
    public void A_program_runs_in_the_root_folder_in_English_and_finds_the_system_folders()
    {
        string output = Tools.Run(["sh", "-c", "pwd; echo $LC_ALL; echo $PATH"]).Output;

        Assert.That(output.Split('\n')[0], Is.EqualTo("/"));
        Assert.That(output.Split('\n')[1], Is.EqualTo("C"));
        Assert.That(
            output.TrimEnd(),
            Does.EndWith($"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    [Test]
    public void A_program_gets_no_variable_that_it_does_not_need()
    {
        Environment.SetEnvironmentVariable("TFC_TEST_TOKEN", "secret");
        Environment.SetEnvironmentVariable("TFGRID_LOCALGRID_TEST", "own");

        string[] names = [.. Tools.Run(["env"]).Output.Split('\n').Select(line => line.Split('=')[0])];

        Assert.That(names, Has.Member("PATH").And.Member("LC_ALL").And.Member("TFGRID_LOCALGRID_TEST").And.No.Member("TFC_TEST_TOKEN"));
    }

    [Test]
    public void A_program_that_fails_is_an_error_with_its_last_words() => Assert.That(
        () => Tools.Run(["sh", "-c", "for i in 1 2 3 4 5 6 7; do echo line $i >&2; done; exit 9"]),
        Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("A command of the local grid failed")
            .And.Message.EndsWith("` ended with exit code 9\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7"));

    [Test]
    public void A_program_that_answers_while_it_reads_is_fed_to_the_end()
    {
        string input = new('x', 300_000);

        Assert.That(Tools.Try(["timeout", "10", "cat"], input).Output, Has.Length.EqualTo(input.Length));
    }

    [Test]
    public void A_program_that_reads_no_input_is_no_error() =>
        Assert.That(Tools.Try(["true"], new string('x', 1_000_000)).ExitCode, Is.Zero);

    [Test]
    public void On_the_terminal_the_exit_code_comes_back() =>
        Assert.That(Tools.RunOnTerminal(["sh", "-c", "exit $1", "sh", "5"]), Is.EqualTo(5));
}
