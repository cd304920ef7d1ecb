namespace TfgridCompose.Cli.Tests;

/// <summary>Code of an app acts on this computer only after somebody has agreed to exactly that code.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrustTests : IDisposable
{
    private const string Playbook = """
        - hosts: all
          tasks:
            - command: touch /tmp/there
            - command: touch /tmp/here
              delegate_to: localhost

        """;

    private const string Module = """
        variable "node_id" {}
        resource "null_resource" "x" {
          provisioner "local-exec" { command = "id" }
        }
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = "" }

        """;

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase("up")]
    [TestCase("plan")]
    public async Task Where_nobody_can_be_asked_a_playbook_is_shown_and_refused(string verb)
    {
        _lab.Write("hello/deployment/playbook.yml", Playbook);

        CliResult result = await RunAsync(verb);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Error, Does.Contain("error TFC0318: hello (").And.Contain("its playbook deployment/playbook.yml"));
        Assert.That(result.Error, Does.Contain("deployment/playbook.yml:5  delegate_to: localhost"));
        Assert.That(result.Remedies.Single(), Does.Contain("the same command again with `--trust`"));
        _lab.AssertNothingCreated();
    }

    [TestCase("--yes", "", false)]
    [TestCase("--non-interactive", "", true)]
    [TestCase("--allow-data-loss", "1", true)]
    public async Task Neither_yes_nor_a_build_server_agrees(string option, string ci, bool interactive)
    {
        _lab.Write("hello/deployment/playbook.yml", Playbook);
        _lab.Environment["CI"] = ci;

        CliResult result = await _lab.AnswerAsync("y\n", interactive, "up", _lab.App, "--grid", "local", option);

        Assert.That((result.ExitCode, result.Error.Contains("TFC0318", StringComparison.Ordinal)), Is.EqualTo((3, true)), result.Error);
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task One_yes_is_remembered_until_the_code_changes_and_then_the_question_names_what_changed()
    {
        _lab.Write("hello/deployment/playbook.yml", Playbook);

        CliResult first = await AnswerAsync("y\n");
        CliResult again = await RunAsync("up");
        _lab.Write("hello/src/app.py", "print('another')\n");
        CliResult edited = await RunAsync("up");
        _lab.Write("hello/deployment/roles/web/library/m.py", "evil = 1\n");
        CliResult changed = await AnswerAsync("n\n");

        Assert.That((first.ExitCode, again.ExitCode, edited.ExitCode), Is.EqualTo((0, 0, 0)), first.Error + again.Error + edited.Error);
        Assert.That(first.Error, Does.Contain("Do you trust it? [y/N]"));
        Assert.That(again.Error, Does.Not.Contain("acts on this computer").And.Contain("nothing to do"));
        Assert.That(edited.Error, Does.Not.Contain("acts on this computer"), "the app's source does not run here");
        Assert.That(changed.ExitCode, Is.EqualTo(3), changed.Error);
        Assert.That(
            changed.Error,
            Does.Contain("since you agreed, new: deployment/roles/web/library/m.py")
                .And.Contain("deployment/roles/web/library/m.py: Ansible may load it here").And.Contain("You did not agree"));
        Assert.That(_lab.Calls.Count(call => call.EndsWith("/playbook.yml", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task The_playbook_runs_from_a_copy_that_is_gone_afterwards()
    {
        _lab.Write("hello/deployment/playbook.yml", Playbook);

        CliResult up = await RunAsync("up", "--trust");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain($"agreed; {_lab.State.Trusted} remembers it"));
        string call = _lab.Calls.Single(each => each.EndsWith("playbook.yml", StringComparison.Ordinal));
        Assert.That(call, Does.Match($" {_lab.Folder.Path}/app-playbook-[0-9a-f]{{32}}/deployment/playbook.yml$"));
        Assert.That(Directory.GetDirectories(_lab.Folder.Path, "app-playbook*"), Is.Empty);
    }

    [Test]
    public async Task A_pattern_of_the_app_is_asked_about_and_what_was_agreed_to_can_be_listed_and_withdrawn()
    {
        WritePattern();
        CliResult refused = await RunAsync("up");
        CliResult up = await RunAsync("up", "--trust");
        CliResult list = await _lab.RunAsync("trust", "list");
        CliResult json = await _lab.RunAsync("trust", "list", "--output", "json");
        CliResult revoked = await _lab.RunAsync("trust", "revoke", _lab.App);
        CliResult again = await RunAsync("up");

        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.Error);
        Assert.That(
            refused.Error,
            Does.Contain("its own pattern ./mine: Terraform and Ansible run it here (2 files)")
                .And.Contain("infrastructure/main.tf:3  provisioner \"local-exec\" { command = \"id\" }"));
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(list.Out, Does.Contain($"{_lab.App}  pattern ./mine"));
        Assert.That(json.Json[0].GetProperty("parts")[0].GetProperty("sha256").GetString(), Has.Length.EqualTo(64));
        Assert.That((revoked.ExitCode, revoked.Error), Is.EqualTo((0, $"no longer trusted: {_lab.App}\n")));
        Assert.That(again.ExitCode, Is.EqualTo(3), again.Error);
        (await _lab.RunAsync("trust", "revoke", _lab.App)).AssertFailed(2, "TFC0719", _lab.App, "trust list");
        (await _lab.RunAsync("trust", "revoke")).AssertFailed(2, "TFC0103", "--all", "trust list");
        Assert.That((await _lab.RunAsync("trust", "revoke", "--all")).ExitCode, Is.Zero);
    }

    // Its code runs in this very process.
    [Test]
    public async Task An_assembly_that_the_app_brings_is_loaded_from_a_copy_of_what_was_agreed_to()
    {
        string installed = _lab.InstallDisguised("own");
        Directory.Move(installed, Path.Combine(_lab.App, "mine"));
        _lab.WriteManifest("name: hello\npattern: ./mine\nnetwork: {provision: [ipv4]}\n");

        CliResult refused = await RunAsync("plan");
        CliResult agreed = await RunAsync("plan", "--trust");

        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.Error);
        Assert.That(refused.Error, Does.Match(@"\.dll: an assembly, loaded into tfgrid-compose"));
        string[] copies = Directory.GetDirectories(_lab.State.AgreedPatterns);
        Assert.That(copies, Has.Length.EqualTo(1));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(copies[0], "plugin.json")),
            Is.EqualTo(File.GetUnixFileMode(Path.Combine(_lab.App, "mine/plugin.json")) | UnixFileMode.UserRead | UnixFileMode.UserWrite));
        agreed.AssertFailed(8, "TFC0816", "single-vm", "install");
        await _lab.RunAsync("trust", "revoke", "--all");
        Assert.That(Directory.GetDirectories(_lab.State.AgreedPatterns), Is.EqualTo(copies), "another process may run it");
    }

    [Test]
    public async Task A_problem_of_the_files_comes_before_the_question()
    {
        _lab.Write("hello/deployment/playbook.yml", Playbook);
        Directory.Delete(Path.Combine(_lab.App, "src"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(_lab.App, "src"), "/etc");

        CliResult result = await RunAsync("up");

        Assert.That((result.ExitCode, result.Error.Contains("TFC0318", StringComparison.Ordinal)), Is.EqualTo((2, false)), result.Error);
        Assert.That(result.Error, Does.Contain("TFC0521"));
    }

    [TestCase("up")]
    [TestCase("plan")]
    [TestCase("attach")]
    [TestCase("unlock")]
    public async Task A_backend_that_the_manifest_names_is_not_reached_before_somebody_agrees(string verb)
    {
        _lab.WriteManifest(
            CliLab.Manifest + "state: {backend: kubernetes, config: {exec: {command: /tmp/evil}, host: 'https://198.51.100.7'}}\n");

        CliResult result = await RunAsync(verb);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(
            result.Error,
            Does.Contain("its state backend kubernetes").And.Contain("exec.command: \"/tmp/evil\"")
                .And.Contain("host: \"https://198.51.100.7\"").And.Contain("with `--trust`"));
        _lab.AssertNothingCreated();
    }

    [TestCase("{ this is not JSON", "TFC0718")]
    [TestCase("", "TFC0718")]
    [TestCase("{\"schema\": 1}", "TFC0718")]
    [TestCase("{\"schema\": 1, \"apps\": [{\"folder\": \"/x\", \"parts\": [{\"kind\": \"playbook\", \"sha256\": \"1\"}]}]}", "TFC0718")]
    [TestCase("{\"schema\": 2, \"apps\": []}", "TFC0705")]
    public async Task A_damaged_file_is_an_error_for_every_verb_that_needs_it_and_is_left_as_it_is(string text, string code)
    {
        string file = _lab.Write("home/.tfgrid-compose/trusted.json", text);
        _lab.Write("hello/deployment/playbook.yml", Playbook);

        CliResult up = await RunAsync("up", "--trust");
        CliResult list = await _lab.RunAsync("trust", "list");
        CliResult revoke = await _lab.RunAsync("trust", "revoke", "--all");

        Assert.That(new[] { up, list, revoke }.Select(each => each.ExitCode), Is.EqualTo([7, 7, 7]), up.Error);
        Assert.That(up.Problems.Single(), Does.StartWith($"error {code}").And.Contain(file));
        Assert.That(File.ReadAllText(file), Is.EqualTo(text));
        Assert.That(_lab.Calls.Where(call => call.StartsWith("terraform", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task An_app_whose_code_runs_only_on_its_machines_is_never_asked_about_and_needs_no_file()
    {
        string file = _lab.Write("home/.tfgrid-compose/trusted.json", "damaged");

        CliResult up = await RunAsync("up");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Not.Contain("acts on this computer"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("damaged"), "it was not even read");
    }

    private Task<CliResult> RunAsync(string verb, params string[] more) => _lab.RunAsync(
        [verb, _lab.App, .. verb is "up" or "plan" ? new[] { "--grid", "local" } : [], .. more]);

    private Task<CliResult> AnswerAsync(string typed) => _lab.AnswerAsync(typed, interactive: true, "up", _lab.App, "--grid", "local");

    private void WritePattern()
    {
        _lab.Write("hello/mine/pattern.yaml", "name: own\nversion: 1.0.0\nroles:\n  server: {}\n");
        _lab.Write("hello/mine/infrastructure/main.tf", Module);
        _lab.WriteManifest("name: hello\npattern: ./mine\nnetwork: {provision: [ipv4]}\n");
    }
}
