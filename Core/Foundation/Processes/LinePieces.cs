using System.Text;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Splits text into lines. A very long line comes in pieces, so that it needs no more memory than others.</summary>
/// <param name="onPiece">Gets a line or a piece of one, and whether the line ends with it.</param>
/// <param name="longest">The length of a piece in UTF-16 characters, at most.</param>
/// <param name="cutOf">Where a piece may end, so that no secret is cut in two; null for anywhere.</param>
internal sealed class LinePieces(Action<string, bool> onPiece, int longest, Func<string, int>? cutOf = null)
{
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
            int taken = Math.Min(length < 0 ? text.Length : length, longest - _line.Length);
            _line.Append(text[..taken]);
            if (taken == length)
            {
                _afterReturn = text[length] == '\r';
                text = text[(taken + 1)..];
                Pass();
                continue;
            }

            text = text[taken..];
            if (_line.Length == longest)
            {
                PassPiece();
            }
        }
    }

    /// <summary>Passes on a last line that has no line break.</summary>
    public void End()
    {
        if (_line.Length > 0)
        {
            Pass();
        }
    }

    private void Pass()
    {
        string line = _line.ToString();
        _line.Clear();
        onPiece(line, true);
    }

    private void PassPiece()
    {
        string line = _line.ToString();
        int cut = cutOf?.Invoke(line) ?? line.Length;
        cut -= cut > 1 && char.IsHighSurrogate(line[cut - 1]) ? 1 : 0;
        _line.Clear().Append(line, cut, line.Length - cut);
        onPiece(line[..cut], false);
    }
}
