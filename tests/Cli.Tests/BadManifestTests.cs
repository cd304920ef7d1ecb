namespace TfgridCompose.Cli.Tests;

/// <summary>A request that cannot be deployed: one clear message with a way out, and nothing made.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BadManifestTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TearDown]
    public void Nothing_was_created() => _lab.AssertNothingCreated();

    [Test]
    public async Task No_app_is_named_and_none_is_here()
    {
        CliResult result = await _lab.RunAsync("up", "--grid", "local");

        result.AssertFailed(
            2,
            "TFC0105",
            $"No app is named, and {_lab.Work} has neither tfgrid-compose.yaml nor .tfgrid-compose.yaml.",
            "up PATH`");
    }

    [Test]
    public async Task The_app_does_not_exist()
    {
        CliResult result = await _lab.RunAsync("up", "nowhere", "--grid", "local");

        result.AssertFailed(2, "TFC0201", $"'{_lab.Work}/nowhere' does not exist", "Name the folder");
    }

    [Test]
    public async Task The_app_is_a_file()
    {
        CliResult result = await _lab.RunAsync("up", Path.Combine(_lab.App, "tfgrid-compose.yaml"), "--grid", "local");

        result.AssertFailed(2, "TFC0202", "is a file, not an app's folder", _lab.App);
    }

    [Test]
    public async Task The_app_has_no_manifest()
    {
        CliResult result = await _lab.RunAsync("up", ".", "--grid", "local");

        result.AssertFailed(2, "TFC0203", $"There is no tfgrid-compose.yaml in '{_lab.Work}'", "Name another folder");
    }

    [Test]
    public async Task The_manifest_is_no_yaml()
    {
        _lab.WriteManifest("name: hello\npattern: [single-vm\nversion: 1\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, "TFC0206", $"{_lab.App}/tfgrid-compose.yaml:", "");
        Assert.That(result.Problems[0], Does.Match(@"tfgrid-compose\.yaml:[23]:\d+: "));
    }

    [Test]
    public async Task What_the_pattern_cannot_make_stands_at_its_option()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig:\n  cpu: 1\n  packages: [Bad_Name]\nnetwork: {provision: [ipv4]}\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, "TFC0251", "'Bad_Name' is not a package name", "use names as apt knows them");
        Assert.That(result.Problems[0], Does.Contain("tfgrid-compose.yaml:5:13: "));
    }

    [Test]
    public async Task The_manifest_has_no_name()
    {
        _lab.WriteManifest("pattern: single-vm\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, "TFC0213", "tfgrid-compose.yaml:1:1: ", "name:");
    }

    [Test]
    public async Task The_pattern_is_unknown()
    {
        _lab.WriteManifest("name: hello\npattern: singel-vm\n");

        CliResult result = await UpAsync();

        result.AssertFailed(8, "TFC0801", "There is no pattern named 'singel-vm'", "write 'single-vm'");
    }

    [Test]
    public async Task An_option_has_the_wrong_type()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig:\n  cpu: many\n  memory: 2 tables\n  node: 1.5\n  docker: perhaps\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.Problems.Select(problem => problem[..(problem.IndexOf(": ", StringComparison.Ordinal))].Replace(
                $" at {_lab.App}/tfgrid-compose.yaml",
                "",
                StringComparison.Ordinal)),
            Is.EquivalentTo(["error TFC0240:4:8", "error TFC0243:5:11", "error TFC0240:6:9", "error TFC0240:7:11"]));
        Assert.That(result.Remedies, Has.Count.EqualTo(4));
    }

    [TestCase("cpu: 33", "TFC0241")]
    [TestCase("memory: 64", "TFC0241")]
    [TestCase("disk: 1MB", "TFC0241")]
    [TestCase("memory: 8XB", "TFC0243")]
    [TestCase("node: 0", "TFC0241")]
    public async Task An_option_is_out_of_its_range(string line, string code)
    {
        _lab.WriteManifest($"name: hello\npattern: single-vm\nconfig:\n  {line}\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, code, "tfgrid-compose.yaml:4:", "");
    }

    [TestCase("hooks: {setup: deployment/absent.sh}", "TFC0218", "does not exist")]
    [TestCase("hooks: {setup: ../outside.sh}", "TFC0219", "is outside the app's folder")]
    [TestCase("hooks: {setup: /bin/sh}", "TFC0219", "is outside the app's folder")]
    [TestCase("hooks: {setup: deployment}", "TFC0220", "is a folder")]
    public async Task A_hook_is_not_a_file_of_the_app(string line, string code, string message)
    {
        File.WriteAllText(Path.Combine(_lab.Root, "outside.sh"), "#!/bin/sh\n");
        _lab.WriteManifest($"name: hello\npattern: single-vm\n{line}\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, code, message, "");
        Assert.That(result.Problems[0], Does.Contain("tfgrid-compose.yaml:3:16: "));
    }

    [Test]
    public async Task A_required_value_is_missing()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nnetwork: {provision: [ipv4]}\nenvironment:\n  - {name: TOKEN, "
            + "required: true, secret: true}\n");

        CliResult result = await UpAsync();

        result.AssertFailed(2, "TFC0264", "TOKEN", "--env");
    }

    [Test]
    public async Task The_manifests_problems_decide_the_exit_code_before_the_machines()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nnetwork: {provision: [ipv4]}\nenvironment:\n  - {name: TOKEN, "
            + "required: true}\n");
        _lab.RemoveTool("ansible-playbook");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Problems.Select(problem => problem.Split(' ', ':')[1]), Is.EqualTo(["TFC0264", "TFC0302"]));
    }

    [Test]
    public async Task Several_problems_are_reported_at_once()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {cpu: 99, memory: 1}\nenvironment:\n  - {name: TOKEN, "
            + "required: true}\n");
        _lab.RemoveTool("terraform");
        _lab.RemoveTool("ansible-playbook");
        File.Delete(Path.Combine(_lab.Home, ".ssh/id_ed25519.pub"));

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.Problems.Select(problem => problem.Split(' ', ':')[1]),
            Is.EquivalentTo(["TFC0241", "TFC0241", "TFC0301", "TFC0302", "TFC0311", "TFC0264"]), result.Error);
        Assert.That(result.Remedies, Has.Count.EqualTo(6));
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--grid", "local");
}
