using System.Reflection;
using CommandLine;
using TfgridCompose.Cli.Dispatch;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HelpTests : IDisposable
{
    private static readonly string[] Global = ["--grid", "--output", "--debug", "--non-interactive", "--no-color", "--help", "--version"];
    private readonly CliLab _lab = new();

    private static IEnumerable<TestCaseData> Verbs =>
        VerbTable.Shown.Select(verb => new TestCaseData(verb.Name).SetArgDisplayNames(verb.Name));

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task The_version_names_the_pattern_contract()
    {
        CliResult result = await _lab.RunAsync("--version");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.Match(@"^tfgrid-compose \d+\.\d+\.\d+ \(pattern contract 1\.\d+\)\n$"));
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public async Task The_overview_lists_every_verb_and_global_option(string option)
    {
        CliResult result = await _lab.RunAsync(option);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(
            VerbTable.Shown.Select(verb => verb.Name).Where(name => !result.Out.Contains($"  {name}", StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(Global.Where(name => !result.Out.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Verbs))]
    public async Task Every_verb_documents_every_option(string name)
    {
        Verb verb = VerbTable.All.Single(each => each.Name == name);

        CliResult after = await _lab.RunAsync([.. name.Split(' '), "--help"]);
        CliResult before = await _lab.RunAsync(["--help", .. name.Split(' ')]);

        Assert.That((after.ExitCode, after.Error), Is.EqualTo((0, "")));
        Assert.That(before.Out, Is.EqualTo(after.Out));
        Assert.That(after.Out, Does.StartWith($"Usage: tfgrid-compose {name}").And.Contain(verb.Summary));
        foreach (PropertyInfo property in verb.Options.GetProperties())
        {
            if (property.GetCustomAttribute<OptionAttribute>() is { } option)
            {
                Assert.That(option.HelpText, Is.Not.Empty, property.Name);
                Assert.That(
                    after.Out,
                    Does.Match($@"\n  --{option.LongName}( [A-Z=]+)? +{System.Text.RegularExpressions.Regex.Escape(option.HelpText)}\n"));
            }

            if (property.GetCustomAttribute<ValueAttribute>() is { Hidden: false } value)
            {
                Assert.That(after.Out, Does.Contain($"\n  {value.MetaName} ").And.Contain(value.HelpText));
            }
        }

        Assert.That(Global.Where(global => !after.Out.Contains(global, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Help_deploys_nothing()
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local", "--help");

        _lab.AssertNothingCreated();
    }
}
