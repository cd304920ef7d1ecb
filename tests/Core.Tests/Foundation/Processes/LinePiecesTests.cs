using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

public sealed class LinePiecesTests
{
    [TestCase("one\ntwo\n", "one|two|")]
    [TestCase("one\r\ntwo\rthree", "one|two|three|")]
    [TestCase("\n\nx", "||x|")]
    [TestCase("", "")]
    public void Text_comes_in_lines_however_it_arrives(string text, string expected)
    {
        Assert.That(Lines(text, text.Length + 1), Is.EqualTo(expected));
        Assert.That(Lines(text, 1), Is.EqualTo(expected));
    }

    [Test]
    public void A_very_long_line_comes_in_pieces_and_ends_once()
    {
        List<(int Length, bool IsEnd)> pieces = [];
        var lines = new LinePieces((piece, isEnd) => pieces.Add((piece.Length, isEnd)), longest: 10);

        lines.Take(new string('x', 25));
        lines.Take("\nnext\n");

        Assert.That(pieces, Is.EqualTo([(10, false), (10, false), (5, true), (4, true)]));
    }

    [Test]
    public void No_secret_is_cut_in_two_wherever_the_pieces_end()
    {
        var mask = new SecretMask();
        mask.Add("hunter22");
        for (int before = 0; before < 40; before++)
        {
            string seen = "";
            var lines = new LinePieces((piece, _) => seen += mask.Apply(piece), longest: 20, mask.CutOf);

            lines.Take($"{new string('x', before)}hunter22{new string('y', 30)}\n");

            Assert.That(seen, Is.EqualTo($"{new string('x', before)}***{new string('y', 30)}"));
        }
    }

    [Test]
    public void No_written_key_is_cut_in_two_wherever_the_pieces_end()
    {
        string key = Convert.ToBase64String(new byte[32]);
        var mask = new SecretMask();
        for (int before = 0; before < 200; before++)
        {
            string seen = "";
            var lines = new LinePieces((piece, _) => seen += mask.Apply(piece), longest: 150, mask.CutOf);

            lines.Take($"{new string('x', before)} PrivateKey = {key}{new string(' ', 200)}\n");

            Assert.That(seen.Trim(), Is.EqualTo($"{new string('x', before)} PrivateKey = ***".Trim()), $"{before}");
        }
    }

    [TestCase(9)]
    [TestCase(10)]
    public void No_character_is_cut_in_two(int before)
    {
        List<string> pieces = [];
        var lines = new LinePieces((piece, _) => pieces.Add(piece), longest: 10);

        lines.Take($"{new string('x', before)}\U0001F600 and more\n");

        Assert.That(string.Concat(pieces), Does.Contain("\U0001F600"));
        Assert.That(pieces.Select(piece => char.IsHighSurrogate(piece[^1])), Is.All.False);
    }

    private static string Lines(string text, int at)
    {
        string lines = "";
        var pieces = new LinePieces((piece, isEnd) => lines += $"{piece}{(isEnd ? "|" : "+")}", longest: 1000);
        for (int i = 0; i < text.Length; i += at)
        {
            pieces.Take(text.AsSpan(i, Math.Min(at, text.Length - i)));
        }

        pieces.End();
        return lines;
    }
}
