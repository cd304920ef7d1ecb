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
        var lines = new LinePieces((piece, isEnd) => pieces.Add((piece.Length, isEnd)));

        lines.Take(new string('x', (2 * LinePieces.Longest) + 5));
        lines.Take("\nnext\n");

        Assert.That(pieces, Is.EqualTo([(LinePieces.Longest, false), (LinePieces.Longest, false), (5, true), (4, true)]));
    }

    private static string Lines(string text, int at)
    {
        string lines = "";
        var pieces = new LinePieces((piece, isEnd) => lines += $"{piece}{(isEnd ? "|" : "+")}");
        for (int i = 0; i < text.Length; i += at)
        {
            pieces.Take(text.AsSpan(i, Math.Min(at, text.Length - i)));
        }

        pieces.End();
        return lines;
    }
}
