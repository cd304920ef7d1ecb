using System.Text;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>
/// Finds the four texts that a listing shows at the top level of a <c>pattern.yaml</c> in the plain form that people
/// write: a key, a colon, a blank, and a text on the same line. Anything else is left to the YAML parser, whose first
/// use takes longer than a whole listing.
/// </summary>
internal ref struct PatternYamlScan(ReadOnlySpan<byte> yaml)
{
    private readonly ReadOnlySpan<byte> _yaml = yaml;
    private int _at;

    /// <summary>False: not in the plain form.</summary>
    public bool TryRead(ref PatternYamlHead head)
    {
        // True at first: a file whose keys are indented as a whole is not the plain form.
        bool textMayGoOn = true;
        while (_at < _yaml.Length)
        {
            ReadOnlySpan<byte> line = NextLine();

            // To YAML a carriage return alone ends a line too.
            if (line.IndexOf((byte)'\r') >= 0)
            {
                return false;
            }

            ReadOnlySpan<byte> text = line.TrimStart((byte)' ');
            if (text.IsEmpty || text[0] == '#')
            {
                continue;
            }

            // A line that is indented belongs to the key above it; below a text it would be its second line.
            bool nested = text.Length < line.Length || IsItem(text);
            if (nested ? textMayGoOn : !TryKey(line, ref head, out textMayGoOn))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsItem(ReadOnlySpan<byte> text) => text[0] == '-' && (text.Length == 1 || text[1] == ' ');

    private ReadOnlySpan<byte> NextLine()
    {
        ReadOnlySpan<byte> rest = _yaml[_at..];
        int end = rest.IndexOf((byte)'\n');
        _at = end < 0 ? _yaml.Length : _at + end + 1;
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        return line.TrimEnd((byte)'\r').TrimEnd((byte)' ');
    }

    private static bool TryKey(ReadOnlySpan<byte> line, ref PatternYamlHead head, out bool textMayGoOn)
    {
        textMayGoOn = false;
        int colon = 0;
        while (colon < line.Length
            && (char.IsAsciiLetterOrDigit((char)line[colon]) || line[colon] is (byte)'_' or (byte)'-'))
        {
            colon++;
        }

        if (colon == 0
            || colon >= line.Length
            || line[colon] != ':'
            || line[0] == '-'
            || (colon + 1 < line.Length && line[colon + 1] != ' '))
        {
            return false;
        }

        ReadOnlySpan<byte> value = line[(colon + 1)..].TrimStart((byte)' ');
        if (value.IsEmpty || value[0] == '#')
        {
            return !PatternYamlHead.Knows(line[..colon]);
        }

        textMayGoOn = value[0] is not ((byte)'|' or (byte)'>');
        return PatternYamlHead.Knows(line[..colon])
            ? Text(value) is { } text && head.Take(line[..colon], text)
            : IsWhole(value);
    }

    // A quoted text or a flow that goes on in later lines could hide what looks like a key there.
    private static bool IsWhole(ReadOnlySpan<byte> value) => value[0] switch
    {
        (byte)'"' or (byte)'\'' => Quoted(value) is not null,
        (byte)'{' or (byte)'[' => Count(value, '{') + Count(value, '[') == Count(value, '}') + Count(value, ']')
            && value.IndexOfAny((byte)'"', (byte)'\'', (byte)'#') < 0,
        (byte)'&' or (byte)'*' or (byte)'!' or (byte)'%' or (byte)'@' or (byte)'`' or (byte)'?' => false,
        _ => true,
    };

    private static int Count(ReadOnlySpan<byte> value, char sign)
    {
        int count = 0;
        foreach (byte each in value)
        {
            count += each == sign ? 1 : 0;
        }

        return count;
    }

    private static string? Text(ReadOnlySpan<byte> value) => value[0] switch
    {
        (byte)'"' or (byte)'\'' => Quoted(value),
        (byte)'|'
            or (byte)'>'
            or (byte)'{'
            or (byte)'['
            or (byte)'}'
            or (byte)']'
            or (byte)','
            or (byte)'&'
            or (byte)'*'
            or (byte)'!'
            or (byte)'%'
            or (byte)'@' or (byte)'`' or (byte)'?' or (byte)'-' or (byte)'~' or (byte)':' => null,
        _ => Plain(value),
    };

    private static string? Plain(ReadOnlySpan<byte> value)
    {
        int comment = value.IndexOf(" #"u8);
        ReadOnlySpan<byte> text = comment < 0 ? value : value[..comment].TrimEnd((byte)' ');
        return text.IndexOf((byte)'\t') >= 0 || text.IndexOf(": "u8) >= 0 || text[^1] == ':' || IsNull(text)
            ? null
            : Decoded(text);
    }

    private static bool IsNull(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("null"u8) || text.SequenceEqual("Null"u8) || text.SequenceEqual("NULL"u8);

    // Without escapes, closed on its line, and nothing but a comment behind it.
    private static string? Quoted(ReadOnlySpan<byte> value)
    {
        int end = value[1..].IndexOf(value[0]) + 1;
        if (end == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> behind = value[(end + 1)..];
        ReadOnlySpan<byte> text = value[1..end];
        bool escaped = value[0] == '"' && text.IndexOf((byte)'\\') >= 0;
        bool endsThere = behind.IsEmpty
            || behind.StartsWith(" #"u8)
            || (behind[0] == ' ' && behind.TrimStart((byte)' ').StartsWith("#"u8));
        return escaped || !endsThere || text.IndexOf((byte)'\t') >= 0 ? null : Decoded(text);
    }

    // Control characters and wrong UTF-8 are the parser's to judge.
    private static string? Decoded(ReadOnlySpan<byte> text)
    {
        string decoded = Encoding.UTF8.GetString(text);
        foreach (char letter in decoded)
        {
            if (char.IsControl(letter) || letter is '\uFFFD' or '\uFEFF' or '\u2028' or '\u2029')
            {
                return null;
            }
        }

        return decoded;
    }
}
