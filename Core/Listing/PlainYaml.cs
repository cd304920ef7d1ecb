using System.Text;

namespace TfgridCompose.Core.Listing;

/// <summary>
/// Reads strings at the top level of a YAML file in the plain form that people write: a key, a colon, a space, and a
/// string on the same line. Any other form is left to the YAML parser, whose first use takes longer than a listing.
/// </summary>
internal static class PlainYaml
{
    private const string Indicators = "|>{}[],&*!%@`?-~:";

    /// <summary>The values of those keys that the file has; null if it is not in the plain form.</summary>
    public static Dictionary<string, string>? Read(ReadOnlySpan<byte> yaml, string[] keys)
    {
        string text = Encoding.UTF8.GetString(yaml);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);

        // True at first: a file whose keys are all indented is not in the plain form.
        bool mayContinue = true;
        for (int at = 0, next; at < text.Length; at = next)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            next = end + 1;
            string line = text[at..end].TrimEnd('\r').TrimEnd(' ');
            string content = line.TrimStart(' ');

            // In YAML, a carriage return alone ends a line too.
            if (line.Contains('\r'))
            {
                return null;
            }

            if (content.Length == 0 || content[0] == '#')
            {
                continue;
            }

            // An indented line belongs to the key above it; after a string it would be that string's second line.
            bool isNested = content.Length < line.Length || content == "-" || content.StartsWith("- ", StringComparison.Ordinal);
            if (isNested ? mayContinue : !TryKey(line, keys, found, out mayContinue))
            {
                return null;
            }
        }

        return found;
    }

    private static bool TryKey(string line, string[] keys, Dictionary<string, string> found, out bool mayContinue)
    {
        mayContinue = false;
        int colon = line.IndexOf(':');
        if (!IsPlainKey(line.AsSpan(0, Math.Max(0, colon))) || (colon + 1 < line.Length && line[colon + 1] != ' '))
        {
            return false;
        }

        string key = line[..colon];
        bool isWanted = Array.IndexOf(keys, key) >= 0;
        string value = line[(colon + 1)..].TrimStart(' ');
        if (value.Length == 0 || value[0] == '#')
        {
            return !isWanted;
        }

        mayContinue = value[0] is not ('|' or '>');
        return isWanted ? String(value) is { } text && found.TryAdd(key, text) : IsWhole(value);
    }

    private static bool IsPlainKey(ReadOnlySpan<char> key)
    {
        foreach (char letter in key)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))
            {
                return false;
            }
        }

        return key.Length > 0 && key[0] != '-';
    }

    // A quoted string or a flow that continues on later lines could hide what looks like a key there.
    private static bool IsWhole(string value) => value[0] switch
    {
        '"' or '\'' => Quoted(value) is not null,
        '{' or '[' => Count(value, '{', '[') == Count(value, '}', ']') && Count(value, '"', '\'') == 0 && !value.Contains('#'),
        '&' or '*' or '!' or '%' or '@' or '`' or '?' => false,
        _ => true,
    };

    private static int Count(string value, char one, char other)
    {
        int count = 0;
        foreach (char letter in value)
        {
            count += letter == one || letter == other ? 1 : 0;
        }

        return count;
    }

    private static string? String(string value) =>
        value[0] is '"' or '\'' ? Quoted(value)
        : Indicators.Contains(value[0]) ? null
        : Plain(value);

    private static string? Plain(string value)
    {
        int comment = value.IndexOf(" #", StringComparison.Ordinal);
        string text = comment < 0 ? value : value[..comment].TrimEnd(' ');
        return text.Contains(": ", StringComparison.Ordinal) || text[^1] == ':' || text is "null" or "Null" or "NULL"
            ? null
            : Clean(text);
    }

    // Without escapes, closed on its line, and followed by nothing but a comment.
    private static string? Quoted(string value)
    {
        int end = value.IndexOf(value[0], 1);
        if (end < 0)
        {
            return null;
        }

        string after = value[(end + 1)..];
        bool endsThere = after.Length == 0 || (after[0] == ' ' && after.TrimStart(' ')[0] == '#');
        bool hasEscape = value[0] == '"' && value.IndexOf('\\', 0, end) >= 0;
        return endsThere && !hasEscape ? Clean(value[1..end]) : null;
    }

    // Control characters and invalid UTF-8 are left to the parser.
    private static string? Clean(string text)
    {
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || letter is '\uFFFD' or '\uFEFF' or '\u2028' or '\u2029')
            {
                return null;
            }
        }

        return text;
    }
}
