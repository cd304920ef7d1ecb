using System.Collections;
using System.Reflection;
using CommandLine;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Verbs.Deploying;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CommandLineTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TearDown]
    public void Nothing_was_created() => _lab.AssertNothingCreated();

    [TestCase("--wait-limt=5", "TFC0102", "`up` has no option '--wait-limt'", "--wait-limit")]
    [TestCase("--force", "TFC0102", "`up` has no option '--force'", "up --help")]
    [TestCase("-x", "TFC0102", "`up` has no option '-x'", "up --help")]
    public async Task An_unknown_option_deploys_nothing(string option, string code, string message, string remedy)
    {
        (await UpAsync(option)).AssertFailed(2, code, message, remedy);
    }

    [TestCase("--wait-limit", "TFC0103", "--wait-limit needs a value")]
    [TestCase("--wait-limit=soon", "TFC0103", "--wait-limit has the wrong format")]
    [TestCase("--wait-limit=0", "TFC0103", "--wait-limit is 0")]
    [TestCase("--wait-limit=3601", "TFC0103", "--wait-limit is 3601")]
    [TestCase("extra", "TFC0103", "`up` does not take 'extra'")]
    [TestCase("--name", "TFC0103", "--name needs a value")]
    public async Task Arguments_that_cannot_be_read_deploy_nothing(string argument, string code, string message)
    {
        (await UpAsync(argument)).AssertFailed(2, code, message, "");
    }

    [TestCase("../../x", "../../x")]
    [TestCase("", "")]
    [TestCase("-x", "-x")]
    [TestCase("two\nlines", "two?lines")]
    [TestCase(" blank", " blank")]
    public async Task A_new_deployments_name_keeps_the_rules_of_names(string name, string shown)
    {
        foreach (string verb in new[] { "up", "plan" })
        {
            (await _lab.RunAsync(verb, _lab.App, "--grid", "local", $"--name={name}")).AssertFailed(
                2, "TFC0214", $"The name '{shown}' cannot be used on the grid.", "at most 40 characters");
        }
    }

    [TestCase("two\nlines\n")]
    [TestCase("")]
    [TestCase(" blank first")]
    [TestCase("--help")]
    [TestCase("a=b=c")]
    public void A_value_arrives_as_it_was_typed(string value)
    {
        Verb verb = VerbTable.Find(["up"]).Verb;

        foreach (string[] typed in new[] { new[] { $"--env=B={value}", "." }, ["--env", $"B={value}", "."] })
        {
            var options = (UpOptions)verb.Parse(typed, tail: null);
            Assert.That(options.Env, Is.EqualTo([$"B={value}"]));
            Assert.That(options.App, Is.EqualTo("."));
        }
    }

    [Test]
    public async Task A_command_after_two_dashes_is_refused_where_it_means_nothing()
    {
        (await UpAsync("--", "ls")).AssertFailed(2, "TFC0103", "`up` takes no command after --", "up --help");
    }

    [TestCase("upp", "`tfgrid-compose up`")]
    [TestCase("statsu", "`tfgrid-compose status`")]
    [TestCase("patterns", "`tfgrid-compose patterns list` or `tfgrid-compose patterns show`")]
    [TestCase("grid", "`tfgrid-compose grid local status`")]
    [TestCase(
        "abracadabra",
        "--help` lists the verbs; for a command of a deployment's pattern, name the deployment: `tfgrid-compose "
            + "pattern abracadabra TARGET`")]
    public async Task An_unknown_verb_names_the_nearest(string verb, string remedy)
    {
        (await _lab.RunAsync(verb)).AssertFailed(2, "TFC0101", $"There is no verb '{verb}'", remedy);
    }

    [TestCase("statsu", "did you mean `tfgrid-compose status`?")]
    [TestCase(
        "grid",
        "did you mean `tfgrid-compose grid local status` or `tfgrid-compose grid local start` or `tfgrid-compose grid local prune` "
            + "or `tfgrid-compose grid local reset`?")]
    public async Task Where_a_verb_is_near_nothing_else_is_advised(string verb, string remedy) =>
        Assert.That((await _lab.RunAsync(verb)).Remedies, Is.EqualTo([remedy]));

    [TestCase("--frobnicate", "`tfgrid-compose --help`")]
    [TestCase("-x", "put a verb's own options after the verb")]
    [TestCase("--wait-limit=5", "put a verb's own options after the verb")]
    [TestCase("--debgu", "did you mean --debug?")]
    [TestCase("--non-interactve", "did you mean --non-interactive?")]
    [TestCase("--debug=1", "did you mean --debug?")]
    public async Task An_unknown_option_before_the_verb_is_no_verb(string option, string remedy)
    {
        (await _lab.RunAsync(option, "up", _lab.App)).AssertFailed(2, "TFC0102", $"There is no option '{option}' before the verb", remedy);
    }

    [TestCase("--grid", "moon", "TFC0271", "There is no grid 'moon'", "local, main")]
    [TestCase("--output", "xml", "TFC0103", "There is no output format 'xml'", "--output json")]
    public async Task A_global_option_with_a_bad_value_is_refused(string option, string value, string code, string message, string remedy)
    {
        (await _lab.RunAsync("up", _lab.App, option, value)).AssertFailed(2, code, message, remedy);
    }

    [TestCase("--grid")]
    [TestCase("--output")]
    public async Task A_global_option_without_its_value_is_refused(string option)
    {
        (await _lab.RunAsync("up", _lab.App, option)).AssertFailed(2, "TFC0103", $"{option} needs a value", "--help");
    }

    [Test]
    public async Task A_pattern_that_does_not_exist_cannot_be_shown()
    {
        (await _lab.RunAsync("patterns", "show", "singelvm")).AssertFailed(
            8,
            "TFC0801",
            "There is no pattern named 'singelvm'",
            "write 'single-vm'");
    }

    [Test]
    public async Task The_pattern_to_show_must_be_named()
    {
        (await _lab.RunAsync("patterns", "show")).AssertFailed(2, "TFC0103", "`patterns show` needs an argument", "--help");
    }

    [Test]
    public async Task Without_a_verb_the_overview_is_shown_as_an_error()
    {
        CliResult result = await _lab.RunAsync();

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("tfgrid-compose: "));
    }

    [TestCase("down")]
    [TestCase("down", "--yes")]
    [TestCase("status")]
    [TestCase("ssh")]
    [TestCase("exec", "--", "true")]
    [TestCase("logs")]
    [TestCase("address")]
    [TestCase("outputs")]
    public async Task With_no_deployment_here_verbs_on_one_end_as_a_conflict(params string[] args)
    {
        (await _lab.RunAsync(args)).AssertFailed(7, "TFC0702", $"There is no deployment of {_lab.Work}", "tfgrid-compose up APP");
    }

    [Test]
    public async Task A_deployment_that_does_not_exist_is_named()
    {
        (await _lab.RunAsync("down", "ghost", "--yes")).AssertFailed(
            7,
            "TFC0702",
            "There is no deployment 'ghost'",
            "tfgrid-compose up APP");
    }

    [Test]
    public async Task Resetting_the_local_grid_unasked_is_refused()
    {
        (await _lab.RunAsync("grid", "local", "reset")).AssertFailed(2, "TFC0104", "There is nobody to ask", "add --yes");
    }

    [TestCase("--debug", "up", "APP", "--grid=local")]
    [TestCase("up", "APP", "--debug", "--grid", "local")]
    [TestCase("--grid", "local", "--debug", "up", "APP")]
    [TestCase("--grid=local", "up", "--debug", "APP")]
    public async Task Global_options_stand_before_or_after_the_verb(params string[] args)
    {
        _lab.RemoveTool("terraform");

        CliResult result = await _lab.RunAsync([.. args.Select(arg => arg == "APP" ? _lab.App : arg)]);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Problems, Has.Count.EqualTo(1).And.Some.StartsWith("error TFC0301"));
        Assert.That(result.Error, Does.Contain("    $ ").And.Contain("local-grid requirements"), "--debug shows command lines");
    }

    // An option that takes several values is a list; a switch that is repeated says the same twice.
    [TestCaseSource(nameof(OptionsWithAValue))]
    public void Only_an_option_that_takes_several_values_may_be_repeated(Verb verb, string option, bool takesSeveral)
    {
        string problem = Refusal(() => verb.Parse([$"--{option}", "1", $"--{option}=2"], tail: null));

        Assert.That(
            problem.Contains($"--{option} is given twice, but takes only one value.", StringComparison.Ordinal),
            Is.EqualTo(!takesSeveral),
            problem);
    }

    private static IEnumerable<TestCaseData> OptionsWithAValue =>
        from verb in VerbTable.All
        from property in verb.Options.GetProperties()
        let option = property.GetCustomAttribute<OptionAttribute>()
        where option is not null && property.PropertyType != typeof(bool)
        let isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
        select new TestCaseData(verb, option.LongName, isList).SetArgDisplayNames(verb.Name, option.LongName);

    [Test]
    public void There_are_options_of_both_kinds() =>
        Assert.That(OptionsWithAValue.Select(test => test.Arguments[2]).Distinct(), Is.EquivalentTo([true, false]));

    [TestCase("--grid is given twice", "local", "--grid", "local", "status", "--grid=main")]
    [TestCase("--output is given twice", "json", "status", "--output", "json", "--output=text")]
    public async Task An_option_of_every_verb_is_given_once(string problem, string first, params string[] args) =>
        (await _lab.RunAsync(args)).AssertFailed(2, "TFC0103", problem, $"the first one says {first}");

    private static string Refusal(Action parse)
    {
        try
        {
            parse();
            return "";
        }
        catch (DiagnosticException refused)
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Usage));
            return string.Join('\n', refused.Diagnostics.Select(each => each.Message));
        }
    }

    private Task<CliResult> UpAsync(params string[] more) => _lab.RunAsync(["up", _lab.App, "--grid", "local", .. more]);
}
