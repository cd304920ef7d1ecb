namespace TfgridCompose.Cli.Tests;

/// <summary>What an app's own playbook gets, and what it leaves on this computer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PlaybookTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public PlaybookTests() => _lab.Write("hello/deployment/playbook.yml", "- hosts: all\n");

    public void Dispose() => _lab.Dispose();

    [TestCase("up")]
    [TestCase("plan")]
    [TestCase("up", "--dry-run")]
    public async Task A_value_whose_name_Ansible_interprets_is_refused_before_anything_runs(params string[] verb)
    {
        _lab.Write("hello/.env", "ansible_ssh_common_args=-o ProxyCommand=/tmp/evil\n");
        _lab.WriteManifest(CliLab.Manifest + "environment: [{name: playbook_dir, default: /tmp}]\n");

        CliResult result = await RunAsync([.. verb, "--env", "ansible_connection=local"]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Problems.Count(problem => problem.StartsWith("error TFC0258", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(
            result.Error,
            Does.Contain($"TFC0258 at {_lab.App}/.env:1:1").And.Contain("'ansible_ssh_common_args' from .env")
                .And.Contain("'ansible_connection' from --env").And.Contain("'playbook_dir' from default")
                .And.Contain("Rename the variable").And.Not.Contain("ProxyCommand"));
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task An_app_with_hooks_only_takes_such_a_name()
    {
        File.Delete(Path.Combine(_lab.App, "deployment/playbook.yml"));

        CliResult up = await RunAsync("up", "--env", "ansible_connection=local", "--env", "port=80");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Debug_leaves_neither_the_copy_nor_the_values(bool fails)
    {
        CliResult first = await RunAsync("up", "--debug");
        if (fails)
        {
            _lab.Fail("ansible", "fatal: [vm]: FAILED!\n");
        }

        CliResult up = await RunAsync("up", "--debug", "--only", "application");

        Assert.That((first.ExitCode, up.ExitCode), Is.EqualTo((0, fails ? 5 : 0)), first.Error + up.Error);
        Assert.That(_lab.Calls.Count(call => call.EndsWith("/playbook.yml", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(Remains(), Is.Empty);
    }

    [TestCase("up")]
    [TestCase("down")]
    public async Task What_a_killed_run_left_is_removed_by_the_next_one(string verb)
    {
        Assert.That((await RunAsync("up")).ExitCode, Is.Zero);
        string folder = _lab.Folder.Path;
        string copy = Path.Combine(folder, $"app-playbook-{new string('a', 32)}");
        string target = _lab.Write("elsewhere/yours", "kept");
        Directory.CreateDirectory(Path.Combine(copy, "deployment"));
        File.WriteAllText(Path.Combine(copy, "deployment/playbook.yml"), "- hosts: all\n");
        File.CreateSymbolicLink(Path.Combine(copy, "link"), Path.GetDirectoryName(target)!);
        foreach (string name in new[] { "ansible/app-variables-77.json", "app-variables-77.json", "app-variables-77.json.77.tmp" })
        {
            File.WriteAllText(Path.Combine(folder, name), "{\"TOKEN\": \"secret\"}");
        }

        string yours = Path.Combine(folder, $"app-playbook-{new string('b', 32)}-left");
        Directory.CreateDirectory(yours);
        _lab.Fail("terraform-destroy", """{"type":"diagnostic","diagnostic":{"severity":"error","summary":"the lock is held"}}""");

        CliResult next = verb == "up" ? await RunAsync("up") : await _lab.RunAsync("down", _lab.App, "--yes");

        Assert.That(next.ExitCode, Is.EqualTo(verb == "up" ? 0 : 4), next.Error);
        Assert.That(Remains(), Is.EqualTo([yours]), "what the user was told to take stays");
        Assert.That(File.ReadAllText(target), Is.EqualTo("kept"));
    }

    private string[] Remains() => [.. Directory.GetFileSystemEntries(_lab.Folder.Path, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path).StartsWith("app-", StringComparison.Ordinal))];

    private Task<CliResult> RunAsync(string verb, params string[] more) => RunAsync([verb, .. more]);

    private Task<CliResult> RunAsync(string[] words) => _lab.RunAsync([words[0], _lab.App, "--grid", "local", "--trust", .. words[1..]]);
}
