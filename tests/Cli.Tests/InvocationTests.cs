using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// Which words are tfgrid-compose's and which belong to something else. A line here: words | tail | what of the global
/// options is set.
/// </summary>
public sealed class InvocationTests
{
    [TestCase("up APP --debug", "up APP | - | debug")]
    [TestCase("--debug --output json up APP --wait-limit 5", "up APP --wait-limit 5 | - | debug json")]
    [TestCase("exec hello --debug -- ls --debug --", "exec hello | ls --debug -- | debug")]
    [TestCase("exec --", "exec | | ")]
    [TestCase("-- up", " | up | ")]
    [TestCase("pattern backends hello --output=json -- --help -h", "pattern backends hello | --help -h | json")]
    [TestCase("grid local status --help", "grid local status | - | help")]
    [TestCase("nonsense-of-grid", "!nonsense-of-grid | - | ")]
    [TestCase("backends --help", "!backends --help | - | ")]
    [TestCase("backends", "!backends | - | ")]
    [TestCase("--debug backends -h --output json -- --grid", "!backends -h --output json -- --grid | - | debug")]
    [TestCase("--output json --help backends --version", "!backends --version | - | json help")]
    [TestCase("backends up --debug", "!backends up --debug | - | ")]
    public void Words_are_taken_apart(string line, string expected)
    {
        var invocation = Invocation.Parse(line.Split(' '));

        string words = (invocation.IsForeign ? "!" : "") + string.Join(' ', invocation.Words);
        string tail = invocation.Tail is { } rest ? string.Join(' ', rest) : "-";
        Assert.That($"{words} | {tail} | {Set(invocation.Global)}".Replace("|  |", "| |", StringComparison.Ordinal), Is.EqualTo(expected));
    }

    [TestCase("--grid --")]
    [TestCase("--output")]
    public void A_global_option_does_not_take_the_two_dashes_for_its_value(string line) =>
        Assert.That(() => Invocation.Parse(line.Split(' ')), Throws.TypeOf<DiagnosticException>().With.Message.Contains("needs a value"));

    [TestCase("pattern", true)]
    [TestCase("grid", true)]
    [TestCase("patterns", true)]
    [TestCase("gri", false)]
    [TestCase("local", false)]
    [TestCase("", false)]
    public void Only_the_first_word_of_a_verb_is_built_in(string word, bool isBuiltIn) =>
        Assert.That(VerbTable.IsFirstWord(word), Is.EqualTo(isBuiltIn));

    private static string Set(GlobalOptions global) =>
        string.Join(
            ' ',
            new[] { global.Debug ? "debug" : "", global.Json ? "json" : "", global.Help ? "help" : "" }.Where(word => word.Length > 0));
}
