namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternsNewTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task The_folder_is_the_result_and_the_next_commands_are_said()
    {
        CliResult result = await _lab.RunAsync("patterns", "new", "Acme.TeamWiki");

        string folder = Path.Combine(_lab.Work, "Acme.TeamWiki");
        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, $"{folder}\n")));
        Assert.That(
            result.Error,
            Does.Contain($"cd {folder}").And.Contain("dotnet test").And.Contain(
                "tfgrid-compose patterns install Acme.TeamWiki --source packages"));
        Assert.That(Path.Combine(folder, "Acme.TeamWiki/TeamWikiPattern.cs"), Does.Exist);
    }

    [Test]
    public async Task Folder_and_pattern_name_can_be_chosen()
    {
        CliResult result = await _lab.RunAsync(
            "patterns",
            "new",
            "Acme.TeamWiki",
            "--directory",
            "here",
            "--pattern-name",
            "notes",
            "--kind",
            "csharp");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            File.ReadAllText(Path.Combine(_lab.Work, "here/Acme.TeamWiki/samples/hello/tfgrid-compose.yaml")),
            Does.Contain("pattern: notes\n"));
    }

    [Test]
    public async Task A_pattern_without_code_has_other_next_commands()
    {
        CliResult result = await _lab.RunAsync("patterns", "new", "wiki", "--kind", "folder");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("patterns test .").And.Contain("patterns pack .").And.Not.Contain("dotnet"));
        Assert.That(Path.Combine(_lab.Work, "wiki/pattern.yaml"), Does.Exist);
    }

    [Test]
    public async Task A_second_one_in_the_same_place_is_refused()
    {
        await _lab.RunAsync("patterns", "new", "Wiki");

        CliResult second = await _lab.RunAsync("patterns", "new", "Wiki");

        Assert.That((second.ExitCode, second.Out), Is.EqualTo((2, "")));
        Assert.That(second.Error, Does.Contain("TFC0872").And.Contain("--directory"));
    }
}
