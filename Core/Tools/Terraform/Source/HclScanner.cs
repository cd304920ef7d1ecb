namespace TfgridCompose.Core.Tools.Terraform.Source;

/// <summary>
/// Splits a .tf file into the tokens that are needed to find its blocks. Comments are dropped, and a template is part
/// of its string. Syntax errors only end a token early; Terraform reports them.
/// </summary>
internal sealed class HclScanner(string text)
{
    /// <summary>
    /// Deeper nesting is read as text: the file may be a stranger's, and a stack overflow cannot be caught.
    /// </summary>
    public const int DeepestNesting = 64;

    private int _at;
    private int _nesting;

    public IReadOnlyList<HclToken> Tokens()
    {
        var tokens = new List<HclToken>();
        while (_at < text.Length)
        {
            if (Next() is { } token)
            {
                tokens.Add(token);
            }
        }

        return tokens;
    }

    private HclToken? Next()
    {
        char c = text[_at];
        if (c == '#' || At("//"))
        {
            _at = EndOfLine();
            return null;
        }

        if (At("/*"))
        {
            int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? text.Length : end + 2;
            return null;
        }

        if (c == '"')
        {
            int start = _at;
            return new HclToken(HclTokenKind.Text, Quoted(), start);
        }

        if (At("<<") && Heredoc() is { } heredoc)
        {
            return heredoc;
        }

        if (IsWord(c))
        {
            return Word();
        }

        int place = _at++;
        return c == '\n'
            ? new HclToken(HclTokenKind.NewLine, "\n", place)
            : char.IsWhiteSpace(c)
            ? null
            : new HclToken(HclTokenKind.Mark, c.ToString(), place);
    }

    private HclToken Word()
    {
        int start = _at;
        while (_at < text.Length && (IsWord(text[_at]) || text[_at] == '-'))
        {
            _at++;
        }

        return new HclToken(HclTokenKind.Word, text[start.._at], start);
    }

    private string Quoted()
    {
        int start = ++_at;
        while (_at < text.Length && text[_at] is not ('"' or '\n'))
        {
            if (text[_at] == '\\')
            {
                _at += 2;
            }
            else if (_nesting < DeepestNesting && (At("${") || At("%{")) && text[_at - 1] != text[_at])
            {
                _at += 2;
                _nesting++;
                SkipTemplate();
                _nesting--;
            }
            else
            {
                _at++;
            }
        }

        int end = Math.Min(_at++, text.Length);
        return text[Math.Min(start, end)..end];
    }

    // Up to the closing brace; strings inside may contain braces of their own.
    private void SkipTemplate()
    {
        for (int depth = 1; _at < text.Length && depth > 0;)
        {
            if (text[_at] == '"')
            {
                Quoted();
                continue;
            }

            depth += text[_at] switch { '{' => 1, '}' => -1, _ => 0 };
            _at++;
        }
    }

    private HclToken? Heredoc()
    {
        int word = _at + 2;
        word += word < text.Length && text[word] == '-' ? 1 : 0;
        string mark = text[word..EndOfLine()].Trim();
        if (mark.Length == 0 || !mark.All(IsWord))
        {
            return null;
        }

        _at = EndOfLine();
        int start = _at;
        while (_at < text.Length)
        {
            _at++;
            int end = EndOfLine();
            bool isLast = text[_at..end].Trim() == mark;
            _at = end;
            if (isLast)
            {
                break;
            }
        }

        return new HclToken(HclTokenKind.Text, text[start..Math.Min(_at, text.Length)], start);
    }

    private int EndOfLine() => text.IndexOf('\n', Math.Min(_at, text.Length)) is >= 0 and var end ? end : text.Length;

    private bool At(string mark) => string.CompareOrdinal(text, _at, mark, 0, mark.Length) == 0;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
