using System.Diagnostics;

namespace TfgridCompose.Cli.Tests;

/// <summary>Opening a named pipe waits for ever. Wherever one is in place of a file, the run ends; the lab gives each 30 s.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform("Linux")]
public sealed class PipesInPlaceOfFilesTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase("hello/tfgrid-compose.yaml", "TFC0204")]
    [TestCase("hello/.env", "TFC0204")]
    [TestCase("hello/deployment/setup.sh", "TFC0220")]
    [TestCase("hello/src/app.py", "")]
    [TestCase("work/.tfgrid-compose.yaml", "")]
    [TestCase("home/.tfgrid-compose/config.yaml", "TFC0204")]
    [TestCase("home/.tfgrid-compose/index.yaml", "")]
    [TestCase("home/.tfgrid-compose/selected", "")]
    [TestCase("home/.tfgrid-compose/patterns.lock", "")]
    [TestCase("home/.tfgrid-compose/plugins/x/plugin.json", "")]
    [TestCase("home/.tfgrid-compose/plugins/x/pattern.yaml", "")]
    [TestCase("home/.tfgrid-compose/plugins/x/plugin.yaml", "")]
    [TestCase("home/.ssh/id_ed25519.pub", "")]
    [TestCase("home/.ssh/id_ed25519", "")]
    public async Task A_pipe_in_place_of_a_file_is_not_waited_for(string path, string code)
    {
        Pipe(path);

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--wait-limit", "2");

        Assert.That(up.Error, Does.Not.Contain("this is a bug"));
        if (code.Length > 0)
        {
            Assert.That(up.ExitCode, Is.EqualTo(2), up.Error);
            Assert.That(up.Problems, Has.Some.StartsWith($"error {code}").And.Some.Contains(Path.GetFileName(path)));
        }

        foreach (string verb in new[] { "ps", "status", "doctor" })
        {
            Assert.That((await _lab.RunAsync(verb.Split(' '))).Error, Does.Not.Contain("this is a bug"), verb);
        }
    }

    [Test]
    public async Task Nor_is_one_in_place_of_the_mnemonic()
    {
        Pipe("home/.config/threefold/mnemonic");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "main");

        Assert.That(up.ExitCode, Is.Not.Zero.And.Not.EqualTo(1), up.Error);
    }

    [TestCase("deployment.json")]
    [TestCase("journal")]
    [TestCase("known_hosts")]
    [TestCase("terraform/terraform.tfstate")]
    public async Task Nor_is_one_among_the_files_of_a_deployment(string file)
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Pipe(Path.GetRelativePath(_lab.Root, Path.Combine(_lab.Folder.Path, file)));

        foreach (string verb in new[] { "ps --rescan", "status hello", "history hello", "logs hello" })
        {
            Assert.That((await _lab.RunAsync(verb.Split(' '))).Error, Does.Not.Contain("this is a bug"), verb);
        }
    }

    private void Pipe(string path)
    {
        string full = Path.Combine(_lab.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Delete(full);
        using var made = Process.Start("mkfifo", [full]);
        made.WaitForExit();
    }
}
