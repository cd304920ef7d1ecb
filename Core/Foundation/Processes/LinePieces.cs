using System.Text;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Splits text into lines. A very long line comes in pieces, so that it needs no more memory than others.</summary>
/// <param name="onPiece">Gets a line or a piece of one, and whether the line ends with it.</param>
internal sealed class LinePieces(Action<string, bool> onPiece)
{
    public const int Longest = 16 * 1024 * 1024;

    private readonly StringBuilder _line = new();
    private bool _afterReturn;

    public void Take(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            // A line feed after a carriage return belongs to the same end of line.
            if (_afterReturn && text[0] == '\n')
            {
                text = text[1..];
            }

            _afterReturn = false;
            int length = text.IndexOfAny('\n', '\r');
            int taken = Math.Min(length < 0 ? text.Length : length, Longest - _line.Length);
            _line.Append(text[..taken]);
            if (taken == length)
            {
                _afterReturn = text[length] == '\r';
                text = text[(taken + 1)..];
                Pass(isEnd: true);
                continue;
            }

            text = text[taken..];
            if (_line.Length == Longest)
            {
                Pass(isEnd: false);
            }
        }
    }

    /// <summary>Passes on what no end of line has followed.</summary>
    public void End()
    {
        if (_line.Length > 0)
        {
            Pass(isEnd: true);
        }
    }

    private void Pass(bool isEnd)
    {
        onPiece(_line.ToString(), isEnd);
        _line.Clear();
    }
}
