using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tests.Foundation.Diagnostics;

public sealed class PlainTextTests
{
    private const string Hostile = "a\u001b]0;title\u0007\tb\r\nc\u009b2J\bd";

    [Test]
    public void One_line_is_cut_and_steers_nothing()
    {
        Assert.That(PlainText.Of(Hostile), Is.EqualTo("a?]0;title??b??c?2J?d"));
        Assert.That(PlainText.Of(new string('a', 1000)), Has.Length.EqualTo(300));
    }

    [Test]
    public void Unicodes_own_breaks_of_lines_and_paragraphs_are_control_characters_too()
    {
        Assert.That(PlainText.Of("a\u2028b\u2029c"), Is.EqualTo("a?b?c"));
        Assert.That(PlainText.IsPlain("a\u2028"), Is.False);
        Assert.That(PlainText.IsPlain("a\u2029"), Is.False);
    }

    [Test]
    public void A_whole_line_has_blanks_for_its_breaks() =>
        Assert.That(PlainText.Line(Hostile + new string('a', 1000)), Is.EqualTo("a?]0;title? b c?2J?d" + new string('a', 1000)));

    [TestCase("plain", "plain")]
    [TestCase("\u001b[1;31mred\u001b[0m and \u001b[mback", "red and back")]
    [TestCase("\u001b[38:5:9mred", "red")]
    [TestCase("\u001b[2Jgone\u001b[1", "?[2Jgone?[1")]
    [TestCase("\u001b]0;title\u0007\tb\nc\r\nd", "?]0;title?\tb\nc\nd")]
    [TestCase("\u001b[31", "?[31")]
    public void On_a_terminal_colours_are_left_out_and_nothing_else_steers_it(string text, string shown) =>
        Assert.That(PlainText.ForTerminal(text), Is.EqualTo(shown));

    [Test]
    public void A_page_keeps_its_lines_and_tabs() => Assert.That(PlainText.Lines(Hostile + "\n"), Is.EqualTo("a?]0;title?\tb\nc?2J?d\n"));
}
