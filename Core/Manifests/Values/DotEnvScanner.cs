using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>
/// Scans a <c>.env</c> file whose lines end with <c>\n</c>. Messages never show values, which may be secrets.
/// </summary>
internal sealed class DotEnvScanner(string text, string file)
{
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public List<Diagnostic> Problems { get; } = [];

    public bool AtEnd => _position >= text.Length;

    private SourceLocation Here => new(file, _line, _position - _lineStart + 1);

    private bool AtLineEnd => AtEnd || text[_position] == '\n';

    private bool AtBlank => !AtEnd && text[_position] is ' ' or '\t';

    /// <summary>
    /// Reads one line, or several for a multi-line quoted value; null for a blank line, a comment or a problem.
    /// </summary>
    public (string Name, string Value, SourceLocation At)? NextAssignment()
    {
        SkipBlanks();
        (string Name, string Value, SourceLocation At)? assignment =
            AtLineEnd || text[_position] == '#' ? null : Assignment();
        SkipLine();
        return assignment;
    }

    private (string Name, string Value, SourceLocation At)? Assignment()
    {
        SourceLocation at = Here;
        string name = Name();
        if (name == "export" && AtBlank)
        {
            SkipBlanks();
            at = Here;
            name = Name();
        }

        SkipBlanks();
        if (AtLineEnd || text[_position] != '=')
        {
            Add(
                EnvironmentCodes.DotEnvSyntax,
                "The line is not of the form NAME=VALUE.",
                "Write NAME=VALUE, or put '#' in front.",
                at);
            return null;
        }

        if (!VariableName.IsValid(name))
        {
            Add(
                EnvironmentCodes.NameInvalid, $"'{Excerpt.Of(name)}' cannot be a variable's name.",
                "Use letters, digits and '_', not starting with a digit.", at);
            return null;
        }

        _position++;
        SkipBlanks();
        return (name, Value(), at);
    }

    private string Name()
    {
        int start = _position;
        while (!AtLineEnd && !AtBlank && text[_position] != '=')
        {
            _position++;
        }

        return text[start.._position];
    }

    private string Value()
    {
        if (AtLineEnd || text[_position] is not ('"' or '\''))
        {
            return Unquoted();
        }

        string value = Quoted(text[_position]);
        SkipBlanks();
        if (!AtLineEnd && text[_position] != '#')
        {
            Add(
                EnvironmentCodes.DotEnvSyntax, "Text follows the closing quote.",
                "Quote the whole value once; write \\\" for a quote inside double quotes.", Here);
        }

        return value;
    }

    // As in a shell, '#' after a blank starts a comment.
    private string Unquoted()
    {
        int start = _position;
        while (!AtLineEnd && !(text[_position] == '#' && (_position == start || text[_position - 1] is ' ' or '\t')))
        {
            _position++;
        }

        return text[start.._position].TrimEnd(' ', '\t');
    }

    private string Quoted(char quote)
    {
        SourceLocation opening = Here;
        _position++;
        var value = new StringBuilder();
        while (!AtEnd && text[_position] != quote)
        {
            value.Append(quote == '"' && text[_position] == '\\' ? Escaped() : Take());
        }

        if (AtEnd)
        {
            Add(
                EnvironmentCodes.DotEnvSyntax,
                $"The opening quote {quote} is never closed.",
                $"Add {quote} at the value's end.",
                opening);
        }
        else
        {
            _position++;
        }

        return value.ToString();
    }

    private string Escaped()
    {
        Take();
        return AtEnd ? "\\" : Take() switch
        {
            "n" => "\n",
            "r" => "\r",
            "t" => "\t",
            "\n" => "",
            string c when c is "\"" or "\\" or "$" or "`" => c,
            string c => "\\" + c,
        };
    }

    private string Take()
    {
        char c = text[_position++];
        if (c == '\n')
        {
            _line++;
            _lineStart = _position;
        }

        return c.ToString();
    }

    private void SkipBlanks()
    {
        while (AtBlank)
        {
            _position++;
        }
    }

    private void SkipLine()
    {
        while (!AtLineEnd)
        {
            _position++;
        }

        if (!AtEnd)
        {
            Take();
        }
    }

    private void Add(string code, string message, string remedy, SourceLocation at) =>
        Problems.Add(Diagnostic.Error(code, message, remedy, at));
}
