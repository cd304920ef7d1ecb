using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.Patterns.Folders;

/// <summary>
/// Finds the <c>variable</c> and <c>output</c> blocks of a Terraform file. It knows as much of the language as that takes: comments, quoted
/// texts with what is interpolated in them, heredocs, and nesting. What is wrong in the file beyond that is Terraform's to say.
/// </summary>
internal sealed class TerraformScan
{
    private readonly string _text;
    private readonly string _file;
    private readonly List<TerraformBlock> _blocks = [];
    private int _at;
    private int _depth;
    private bool _inVariable;

    private TerraformScan(string text, string file) => (_text, _file) = (text, file);

    public static IReadOnlyList<TerraformBlock> Of(string text, string file)
    {
        var scan = new TerraformScan(text, file);
        scan.Run();
        return scan._blocks;
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Run()
    {
        while (_at < _text.Length)
        {
            if (SkipPassage())
            {
                continue;
            }

            if (IsWordStart())
            {
                Word();
                continue;
            }

            _depth += Here switch { '{' or '[' or '(' => 1, '}' or ']' or ')' => -1, _ => 0 };
            _at++;
        }
    }

    private void Word()
    {
        int start = _at;
        string word = TakeWord();
        if (_depth == 0)
        {
            string? name = word is "variable" or "output" ? Label() : null;
            _inVariable = name is not null && word == "variable";
            if (name is not null)
            {
                _blocks.Add(new TerraformBlock(word, name, HasDefault: false, LocationOf(start)));
            }
        }
        else if (_depth == 1 && _inVariable && word == "default")
        {
            SkipBlanks();
            _blocks[^1] = _blocks[^1] with { HasDefault = _blocks[^1].HasDefault || Here == '=' };
        }
    }

    private string? Label()
    {
        SkipBlanks();
        int end = Here == '"' ? _text.IndexOf('"', _at + 1) : -1;
        if (end < 0)
        {
            return null;
        }

        string name = _text[(_at + 1)..end];
        _at = end + 1;
        return name;
    }

    // Comments, quoted texts and heredocs.
    private bool SkipPassage()
    {
        switch (Here, Next)
        {
            case ('#', _) or ('/', '/'):
                SkipTo("\n");
                return true;
            case ('/', '*'):
                _at += 2;
                SkipTo("*/");
                return true;
            case ('"', _):
                SkipQuoted();
                return true;
            case ('<', '<'):
                SkipHeredoc();
                return true;
            default:
                return false;
        }
    }

    // "a ${b["c"]} d": quotes inside of an interpolation are not the text's end.
    private void SkipQuoted()
    {
        int inside = 0;
        for (_at++; _at < _text.Length; _at++)
        {
            switch (Here)
            {
                case '\\' when inside == 0:
                    _at++;
                    break;
                case '$' or '%' when Next == Here:
                    _at++;
                    break;
                case '$' or '%' when Next == '{' && inside == 0:
                    _at++;
                    inside = 1;
                    break;
                case '{' when inside > 0:
                    inside++;
                    break;
                case '}' when inside > 0:
                    inside--;
                    break;
                case '"' when inside > 0:
                    SkipQuoted();
                    _at--;
                    break;
                case '"' or '\n':
                    _at++;
                    return;
            }
        }
    }

    private void SkipHeredoc()
    {
        _at += Next == '<' && _at + 2 < _text.Length && _text[_at + 2] == '-' ? 3 : 2;
        if (!IsWordStart())
        {
            return;
        }

        string end = TakeWord();
        while (_at < _text.Length)
        {
            SkipTo("\n");
            int lineEnd = _text.IndexOf('\n', _at);
            if (_text[_at..(lineEnd < 0 ? _text.Length : lineEnd)].Trim() == end)
            {
                return;
            }
        }
    }

    private void SkipTo(string end)
    {
        int found = _text.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }

    private void SkipBlanks()
    {
        while (Here is ' ' or '\t')
        {
            _at++;
        }
    }

    private bool IsWordStart() => char.IsLetter(Here) || Here == '_';

    private string TakeWord()
    {
        int start = _at;
        while (char.IsLetterOrDigit(Here) || Here is '_' or '-')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private SourceLocation LocationOf(int index)
    {
        ReadOnlySpan<char> before = _text.AsSpan(0, index);
        return new SourceLocation(_file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
