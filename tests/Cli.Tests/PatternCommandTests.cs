using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>The commands that a pattern brings, as they reach the machine.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternCommandTests : IDisposable
{
    private const string Yaml = """
        name: own
        version: 3.1.0
        roles:
          server: {}
        commands:
          backends: {role: server, command: [show, "my backends"], description: Lists who serves.}
          serving: {role: server, command: [print-state], description: Who serves, in_status: true}
          plan: {role: server, command: [never]}
          refuse: {role: server, command: [exit-with-7]}

        """;

    private const string Module = """
        variable "node_id" {}
        variable "solution_type" {}
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = "" }

        """;

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        _lab.Write("hello/mine/pattern.yaml", Yaml);
        _lab.Write("hello/mine/infrastructure/main.tf", Module);
        _lab.WriteManifest("name: hello\npattern: ./mine\nnetwork: {provision: [ipv4]}\n");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        ForgetCalls();
    }

    [Test]
    public void They_are_in_the_record()
    {
        Assert.That(
            _lab.Record.Commands.Select(command =>
                $"{command.Name} {command.Role} {string.Join('+', command.Command)} {command.InStatus} {command.Description}"),
            Is.EqualTo([
                "backends server show+my backends False Lists who serves.", "serving server print-state True Who serves",
                "plan server never False ", "refuse server exit-with-7 False ",
            ]));
    }

    [Test]
    public async Task A_command_is_run_with_its_arguments_as_they_were_typed_from_the_record_alone()
    {
        Directory.Delete(_lab.App, recursive: true);

        CliResult result = await _lab.RunAsync("pattern", "backends", "hello", "--", "two words", "it's", "$HOME", "", "--help");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, "")), result.Error);
        Assert.That(Ssh(), Is.EqualTo(["-T", "--", $"root@{_lab.Address}", @"show 'my backends' 'two words' 'it'\''s' '$HOME' '' --help"]));
    }

    [Test]
    public async Task Where_the_app_is_its_name_alone_runs_it_and_everything_after_it_is_its_own()
    {
        _lab.CurrentFolder = _lab.App;

        CliResult result = await _lab.RunAsync("--debug", "backends", "--output", "json", "--help", "a b", "--", "up");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Ssh()[^1], Is.EqualTo("show 'my backends' --output json --help 'a b' -- up"));
    }

    [Test]
    public async Task The_selected_deployment_is_meant_elsewhere()
    {
        (await _lab.RunAsync("backends")).AssertFailed(
            2, "TFC0101", "There is no verb 'backends'", "`tfgrid-compose pattern backends TARGET`");
        await _lab.RunAsync("select", "hello");

        Assert.That((await _lab.RunAsync("backends")).ExitCode, Is.Zero);
        Assert.That(Ssh()[^1], Is.EqualTo("show 'my backends'"));
    }

    [Test]
    public async Task The_remote_exit_code_is_passed_on()
    {
        _lab.CurrentFolder = _lab.App;

        Assert.That((await _lab.RunAsync("pattern", "refuse")).ExitCode, Is.EqualTo(7));
        Assert.That((await _lab.RunAsync("refuse")).ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task A_built_in_verb_comes_first_and_pattern_reaches_what_it_hides()
    {
        _lab.CurrentFolder = _lab.App;

        CliResult verb = await _lab.RunAsync("plan", "--grid", "local");
        string[] ofVerb = Recorded();
        await _lab.RunAsync("pattern", "plan");

        Assert.That(verb.Out, Does.Contain("nothing to do"), verb.Error);
        Assert.That(ofVerb.Select(file => File.ReadAllLines(file)[^1]), Has.None.EqualTo("never"));
        Assert.That(Recorded().Except(ofVerb).Select(file => File.ReadAllLines(file)[^1]), Is.EqualTo(["never"]));
    }

    [Test]
    public async Task A_name_that_is_not_recorded_is_refused_with_the_known_ones()
    {
        (await _lab.RunAsync("pattern", "backend", "hello")).AssertFailed(
            2, "TFC0106", "has no command 'backend'", $"`tfgrid-compose pattern backends {_lab.Record.Id}`");
        (await _lab.RunAsync("pattern", "zebra", "hello")).AssertFailed(
            2, "TFC0106", "The pattern own 3.1.0 of hello", "it has backends, serving, plan, refuse");
        Change(record => record with { Commands = [] });
        (await _lab.RunAsync("pattern", "zebra", "hello")).AssertFailed(
            2, "TFC0106", "has no command 'zebra'", $"`tfgrid-compose up {_lab.App}` records it");
        Assert.That(Recorded(), Is.Empty);
    }

    [TestCase("backend", "did you mean `tfgrid-compose backends`?")]
    [TestCase("statsu", "did you mean `tfgrid-compose status`?")]
    [TestCase("zebra", "`tfgrid-compose --help` lists the verbs; `tfgrid-compose pattern` lists the commands of hello")]
    public async Task An_unknown_word_names_the_nearest_of_verbs_and_commands(string word, string remedy)
    {
        _lab.CurrentFolder = _lab.App;

        CliResult result = await _lab.RunAsync(word, "--help");

        result.AssertFailed(2, "TFC0101", $"There is no verb '{word}'.", remedy);
        Assert.That(result.Remedies.Single(), Does.Not.Contain("?;"));
    }

    [Test]
    public async Task Options_that_stand_before_the_two_dashes_are_refused_with_where_they_belong()
    {
        (await _lab.RunAsync("pattern", "backends", "hello", "--wide")).AssertFailed(
            2, "TFC0102", "`pattern` has no option '--wide'", "after `--`: `-- --wide`");
        (await _lab.RunAsync("pattern", "backends", "hello", "--output", "json"))
            .AssertFailed(
                2,
                "TFC0103",
                "`pattern backends` shows what the command prints",
                "`tfgrid-compose pattern backends hello -- --output json`");
        (await _lab.RunAsync("pattern", "backends", "--output=text")).AssertFailed(
            2, "TFC0103", "takes no --output", "`tfgrid-compose pattern backends -- --output text`");
        Assert.That(Recorded(), Is.Empty);
    }

    [Test]
    public async Task A_role_without_a_machine_that_lets_in_is_a_conflict()
    {
        Change(record => record with { Hosts = [.. record.Hosts.Select(host => host with { SshAddress = null })] });

        (await _lab.RunAsync("pattern", "backends", "hello")).AssertFailed(
            7, "TFC0714", "`backends` runs on a machine of the role 'server'", $"up {_lab.App}");
        Assert.That(Recorded(), Is.Empty);
    }

    [Test]
    public async Task The_first_machine_of_the_role_that_lets_in_runs_it()
    {
        Change(record => record with
        {
            Hosts =
            [
                record.Hosts[0] with { Name = "other", Role = "spare", SshAddress = "127.0.0.9" },
                record.Hosts[0] with { Name = "off", SshAddress = null },
                .. record.Hosts,
            ],
        });

        await _lab.RunAsync("pattern", "backends", "hello");

        Assert.That(Ssh()[^2], Is.EqualTo($"root@{_lab.Address}"));
    }

    [Test]
    public async Task Without_a_name_they_are_listed()
    {
        _lab.CurrentFolder = _lab.App;

        string list = (await _lab.RunAsync("pattern")).Out;

        Assert.That(list, Is.EqualTo($"""
            commands of hello ({_lab.Record.Id}):
              backends  Lists who serves. (on server)
              serving   Who serves (on server)
              plan      (on server)
              refuse    (on server)

            """));
        Assert.That(
            (await _lab.RunAsync("pattern", "--help")).Out,
            Does.StartWith("Usage: tfgrid-compose pattern [COMMAND] [TARGET] [-- COMMAND...]").And.EndsWith("\n\n" + list));
        Assert.That((await _lab.RunAsync("pattern", "--output", "json")).Json.GetProperty("commands")[1]
            .GetProperty("in_status")
            .GetBoolean());
        Assert.That((await _lab.RunAsync("inspect")).Out, Does.Contain("\ncommands of its pattern:\n  backends  Lists who serves."));
        Assert.That(
            (await _lab.RunAsync("--help", "backends")).Out,
            Does.StartWith("Usage: tfgrid-compose backends [ARGUMENTS...]\n\nLists who serves.\n").And.Contain(
                "runs on server_1: show 'my backends'\n"));
        Assert.That(Recorded(), Is.Empty);
    }

    [Test]
    public async Task Where_there_are_none_that_is_said()
    {
        (await _lab.RunAsync("pattern")).AssertFailed(7, "TFC0702", "There is no deployment of", "hello");
        (await _lab.RunAsync("pattern", "--", "x")).AssertFailed(2, "TFC0103", "`pattern` needs the command's name", "lists the names");
        Assert.That(
            (await _lab.RunAsync("pattern", "--help")).Out,
            Does.EndWith("\n\nNo deployment could be determined here, so there are no commands to list.\n"));
        Change(record => record with { Commands = [] });
        _lab.CurrentFolder = _lab.App;
        Assert.That(
            (await _lab.RunAsync("pattern")).Out, Is.EqualTo($"The pattern own 3.1.0 of hello ({_lab.Record.Id}) has no commands.\n"));
    }

    [Test]
    public async Task An_edit_of_the_commands_is_recorded_by_the_next_up()
    {
        Assert.That((await _lab.RunAsync("up", _lab.App, "--trust")).Error, Does.Contain("nothing to do"));
        _lab.Write("hello/mine/pattern.yaml", Yaml.Replace("print-state", "other-state", StringComparison.Ordinal));

        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust");

        Assert.That(up.Error, Does.Contain("finalize").And.Not.Contain("> platform"));
        Assert.That(_lab.Record.Commands[1].Command, Is.EqualTo(["other-state"]));
    }

    [Test]
    public async Task Status_shows_what_they_say_without_control_characters()
    {
        CliResult text = await _lab.RunAsync("status", "hello");
        CliResult json = await _lab.RunAsync("status", "hello", "--output", "json");

        Assert.That(text.ExitCode, Is.Zero, text.Out);
        Assert.That(text.Out, Does.EndWith("\n\nWho serves:\n  two of two?[0m\n    serve\n"));
        Assert.That(json.Json.GetProperty("said").ToString(), Is.EqualTo("""{"serving":{"host":"server_1","exit_code":0,"lines":["two of two?[0m","  serve"]}}""").IgnoreWhiteSpace);
        Assert.That(
            json.Json.GetProperty("commands").ToString(),
            Is.EqualTo((await _lab.RunAsync("inspect", "hello", "--output", "json")).Json.GetProperty("commands").ToString()));
    }

    [Test]
    public async Task One_that_fails_is_said_and_is_no_difference()
    {
        _lab.Fail("print-state", "no such\npage\n");

        CliResult text = await _lab.RunAsync("status", "hello");
        CliResult json = await _lab.RunAsync("status", "hello", "--output", "json");

        Assert.That(text.ExitCode, Is.Zero, text.Out);
        Assert.That(
            text.Out,
            Does.Contain("\n`serving` on server_1  ended with exit code 2: no such page\n").And.EndWith(
                "Who serves:\n  two of two?[0m\n    serve\n"));
        Assert.That(
            json.Json.GetProperty("seen").GetProperty("`serving` on server_1").GetString(),
            Is.EqualTo("ended with exit code 2: no such page"));
        Assert.That(json.Json.GetProperty("differs").GetArrayLength(), Is.Zero);
        Assert.That(json.Json.GetProperty("said").GetProperty("serving").GetProperty("exit_code").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_machine_that_does_not_let_in_is_asked_nothing()
    {
        _lab.StopMachine();

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.Out, Does.Not.Contain("Who serves").And.Not.Contain("`serving`"));
    }

    private void Change(Func<DeploymentRecord, DeploymentRecord> change) =>
        new DeploymentStore(_lab.State, TimeProvider.System).Save(change(_lab.Record));

    private string[] Recorded() => Directory.GetFiles(_lab.Fakes, "ssh.*");

    // Without the connection's options, which other tests compare.
    private string[] Ssh() => File.ReadAllLines(Recorded().Single())[^4..];

    private void ForgetCalls() => Recorded().ToList().ForEach(File.Delete);
}
