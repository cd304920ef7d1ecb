using System.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Tests;

/// <summary>The first <c>up</c> in a work tree of git says what should be ignored there. With the real git.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GitAdviceTests : IDisposable
{
    private const string Advice = "git does not ignore";
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase(null, ".tfgrid-compose and .env here: add them to .gitignore")]
    [TestCase("node_modules\n", ".tfgrid-compose and .env here: add them to .gitignore")]
    [TestCase(".env*\n", ".tfgrid-compose here: add it to .gitignore")]
    [TestCase(".tfgrid-compose/\n.env\n", ".tfgrid-compose here: add it to .gitignore")] // the link is no folder
    [TestCase("/hello/.tfgrid-compose\n.env\n", null)]
    [TestCase(".tfgrid-compose\n", null)] // there is no .env
    public async Task What_git_does_not_ignore_is_said_once(string? ignored, string? advice)
    {
        UseGit();
        if (ignored is not null)
        {
            _lab.Write(".gitignore", ignored);
        }

        CliResult first = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        CliResult second = await _lab.RunAsync("up", _lab.App);

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Error);
        Assert.That(first.Error, advice is null ? Does.Not.Contain(Advice) : Does.Contain($"{Advice} {advice}\n"));
        Assert.That(second.Error, Does.Not.Contain(Advice));
    }

    [Test]
    public async Task Values_that_git_would_take_are_said_even_where_the_link_is_ignored()
    {
        UseGit();
        _lab.Write(".gitignore", ".tfgrid-compose\n");
        _lab.Write("hello/.env", "WHO=me\n");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(up.Error, Does.Contain($"{Advice} .env here: add it to .gitignore\n"));
    }

    [Test]
    public async Task Outside_of_a_work_tree_there_is_no_advice()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(up.Error, Does.Not.Contain(Advice));
    }

    [Test]
    public async Task Where_git_is_not_installed_it_is_said_all_the_same()
    {
        Directory.CreateDirectory(Path.Combine(_lab.Root, ".git"));

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain($"{Advice} .tfgrid-compose and .env here"));
    }

    // An app that came as an archive may hold a repository of its own.
    [Test]
    public async Task Programs_that_the_apps_repository_names_do_not_run()
    {
        UseGit();
        string touched = Path.Combine(_lab.Root, "touched");
        File.AppendAllText(Path.Combine(_lab.Root, ".git", "config"), $"[core]\n\tfsmonitor = echo >{touched};\n");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(up.Error, Does.Contain(Advice));
        Assert.That(File.Exists(touched), Is.False);
    }

    // A blob that is missing is fetched, by a program that the repository's own settings name and allow.
    [Test]
    public async Task No_transport_of_the_apps_repository_runs()
    {
        UseGit();
        string touched = Path.Combine(_lab.Root, "touched");
        Git("update-index", "--add", "--cacheinfo", "100644,0123456789012345678901234567890123456789,.gitignore");
        Git("update-index", "--skip-worktree", ".gitignore");
        File.AppendAllText(
            Path.Combine(_lab.Root, ".git", "config"),
            $"[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[protocol \"ext\"]\n\tallow = always\n"
                + $"[remote \"origin\"]\n\tpromisor = true\n\turl = ext::touch {touched}\n");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(File.Exists(touched), Is.False);
    }

    private void Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", _lab.Root, .. arguments]))!;
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero);
    }

    private void UseGit()
    {
        if (ExecutablePath.Find("git", Environment.GetEnvironmentVariable("PATH")) is not { } git)
        {
            Assert.Ignore("git is not installed");
            return;
        }

        File.CreateSymbolicLink(Path.Combine(_lab.Tools, "git"), git);
        using Process init = Process.Start(new ProcessStartInfo(git, ["init", "--quiet", _lab.Root]))!;
        init.WaitForExit();
        Assert.That(init.ExitCode, Is.Zero);
    }
}
