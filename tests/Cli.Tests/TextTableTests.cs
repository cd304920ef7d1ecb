using TfgridCompose.Cli.Rendering;

namespace TfgridCompose.Cli.Tests;

public sealed class TextTableTests
{
    [Test]
    public void Columns_are_two_blanks_apart_and_as_wide_as_their_longest_cell() => Assert.That(
        TextTable.Lines([["NAME", "N", "TEXT"], ["a", "100", "one two"], ["longer", "2", ""]]),
        Is.EqualTo(["NAME    N    TEXT", "a       100  one two", "longer  2"]));

    [Test]
    public void Numbers_end_at_the_same_place() => Assert.That(
        TextTable.Lines([["7", "a", "1 byte"], ["12", "b", "20 bytes"]], 0, 2), Is.EqualTo([" 7  a    1 byte", "12  b  20 bytes"]));

    [Test]
    public void Text_ends_each_line() => Assert.That(TextTable.Text([["a", "b"], ["c", "d"]]), Is.EqualTo("a  b\nc  d\n"));

    [Test]
    public void Without_rows_there_is_nothing() => Assert.That(TextTable.Text([]), Is.Empty);

    [Test]
    public void An_empty_row_keeps_its_line() =>
        Assert.That(TextTable.Lines([["a", "b"], ["", ""], ["c", "d"]]), Is.EqualTo(["a  b", "", "c  d"]));

    [TestCase("[red]error[/]", "[red]error[/]", TestName = "Markup is text")]
    [TestCase(":warning: [[", ":warning: [[", TestName = "An emoji's name and brackets are text")]
    [TestCase("one\ntwo\r\nthree", "one two three", TestName = "Lines become one line")]
    [TestCase("a\u001b[31mred\u001b]0;x\u0007", "a?[31mred?]0;x?", TestName = "What steers a terminal becomes a question mark")]
    [TestCase("a\tb", "a b", TestName = "A tab becomes a blank")]
    [TestCase("two  blanks", "two  blanks", TestName = "Blanks stay")]
    [TestCase("naïve – 東京", "naïve – 東京", TestName = "Letters of other scripts stay")]
    public void A_cell_is_one_plain_line(string cell, string shown) =>
        Assert.That(TextTable.Lines([["x", cell]]), Is.EqualTo([$"x  {shown}"]));

    [Test]
    public void A_long_line_is_neither_wrapped_nor_cut()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 500));

        Assert.That(
            TextTable.Lines([["x", words], ["y", new string('z', 3_000)]]),
            Is.EqualTo([$"x  {words}", $"y  {new string('z', 3_000)}"]));
    }
}
