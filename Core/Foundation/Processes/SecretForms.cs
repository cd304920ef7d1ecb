using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a secret may be written in output: as it is, quoted for a shell, escaped for JSON or a URL, or in base64.</summary>
public static class SecretForms
{
    /// <summary>A shorter text is not masked: that would make output unreadable.</summary>
    public const int Shortest = 3;

    // A shorter form is masked only as a whole word.
    private const int ShortestAnywhere = 4;
    private const int ShortestCode = 8;

    // A line with fewer letters, such as `---` or `});`, is not the secret part of a secret.
    private const int FewestLetters = 3;

    // If a piece were shorter, its print could be guessed, and then the next one's.
    private const int ShortestPiece = 24;

    // Three bytes become four characters of base64.
    private const int CodeGroup = 3;
    private const int CodeLine = 76;

    // Without the signs that can be part of a word or a name: - _ .
    private const string Edges = "\"'`=:,;&";

    // base64 and openssl break lines here.
    private static readonly int[] LineLengths = [64, CodeLine];

    // The characters that `printf %q` and people put a backslash before.
    private const string ShellSpecial = " \t\\'\"`$&|;<>()[]{}*?!#~^,";

    /// <summary>Every form, without those that are too short to be recognised.</summary>
    public static IReadOnlyList<string> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in LinesOf(secret))
        {
            AddLine(forms, line);
        }

        AddCoded(forms, secret.TrimEnd('\n'));
        return [.. forms];
    }

    /// <summary>The forms that are recognised later by their prints: few, and none that reveals a part of the secret.</summary>
    public static IReadOnlyList<string> ToKeep(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        string[] lines = LinesOf(secret);
        bool isWhole = !secret.Trim().Contains('\n', StringComparison.Ordinal);
        foreach (string line in lines)
        {
            if (isWhole)
            {
                AddLine(forms, line);
            }
            else if (line.Length >= ShortestPiece)
            {
                Add(forms, line);
            }
        }

        AddCodeToKeep(forms, Encoding.UTF8.GetBytes(secret.TrimEnd('\n')));
        return [.. forms];
    }

    /// <summary>
    /// Whether the form at this place of a text is the secret. A short form must not be part of a word, and one that could be
    /// an ordinary word counts only where a value is expected.
    /// </summary>
    public static bool IsMeant(ReadOnlySpan<char> text, int start, int length)
    {
        if (length >= ShortestAnywhere)
        {
            return true;
        }

        ReadOnlySpan<char> before = text[..start];
        ReadOnlySpan<char> after = text[(start + length)..];
        return (before.IsEmpty || IsEdge(before[^1]))
            && (after.IsEmpty || IsEdge(after[0]))
            && (text.Slice(start, length).ContainsAnyExceptInRange('a', 'z') || IsValue(before, after));
    }

    private static bool IsEdge(char letter) => char.IsWhiteSpace(letter) || Edges.Contains(letter);

    private static bool IsValue(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (before is [.., '"' or '\'' or '`'] && after is ['"' or '\'' or '`', ..])
        {
            return true;
        }

        ReadOnlySpan<char> name = before.TrimEnd(" \t\"'");
        return name is [.., '='] || (name is [] or [.., ':'] && after.Trim(" \t\"',;").IsEmpty);
    }

    private static string[] LinesOf(string secret)
    {
        string[] lines = secret.Trim().Split('\n', StringSplitOptions.TrimEntries);
        return lines.Length == 1 ? lines : Array.FindAll(lines, HasLetters);
    }

    private static bool HasLetters(string line)
    {
        int letters = 0;
        foreach (char letter in line)
        {
            letters += char.IsLetterOrDigit(letter) ? 1 : 0;
        }

        return letters >= FewestLetters;
    }

    private static void AddLine(HashSet<string> forms, string line)
    {
        Add(forms, line);

        // The encoders take time to compile, and every `up` has a secret of plain letters.
        if (line.Length >= Shortest && !IsPlain(line))
        {
            AddWritten(forms, line);
        }
    }

    // A short secret is kept as a whole, with and without a line feed: a part of it would be easier to guess.
    private static void AddCodeToKeep(HashSet<string> forms, byte[] secret)
    {
        if (secret.Length < ShortestPiece / 4 * CodeGroup)
        {
            string code = Convert.ToBase64String(secret);
            Add(forms, code.Length >= ShortestCode ? code : "");
            Add(forms, code.Length >= ShortestCode ? Convert.ToBase64String([.. secret, (byte)'\n']) : "");
            return;
        }

        string whole = Convert.ToBase64String(secret, 0, secret.Length - (secret.Length % CodeGroup));
        for (int start = 0; start + ShortestPiece <= whole.Length; start += CodeLine)
        {
            Add(forms, whole[start..Math.Min(start + CodeLine, whole.Length)]);
        }
    }

    private static void AddWritten(HashSet<string> forms, string line)
    {
        Add(forms, line.Replace("'", "'\\''", StringComparison.Ordinal));
        Add(forms, line.Replace("'", "'\"'\"'", StringComparison.Ordinal));
        Add(forms, Escaped(line, "\\\"$`"));
        Add(forms, Escaped(line, ShellSpecial));
        Add(forms, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(line));
        Add(forms, JsonEncodedText.Encode(line).Value);
        string url = Uri.EscapeDataString(line);
        Add(forms, url);
        Add(forms, url.Replace("%20", "+", StringComparison.Ordinal));
    }

    // The last one or two bytes are left out: if a line feed follows the secret, as with `echo`, they are encoded differently.
    private static void AddCoded(HashSet<string> forms, string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        string code = Convert.ToBase64String(bytes, 0, bytes.Length - (bytes.Length % CodeGroup));
        if (code.Length < ShortestCode)
        {
            return;
        }

        Add(forms, code);
        Add(forms, code.Replace('+', '-').Replace('/', '_'));
        foreach (int length in LineLengths)
        {
            for (int start = 0; code.Length > length && start < code.Length; start += length)
            {
                string piece = code[start..Math.Min(start + length, code.Length)];
                Add(forms, piece.Length >= ShortestCode ? piece : "");
            }
        }
    }

    private static bool IsPlain(string line)
    {
        foreach (char letter in line)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Escaped(string line, string special)
    {
        var text = new StringBuilder(line.Length);
        foreach (char letter in line)
        {
            text.Append(special.Contains(letter) ? "\\" : "").Append(letter);
        }

        return text.ToString();
    }

    private static void Add(HashSet<string> forms, string form)
    {
        if (form.Length >= Shortest)
        {
            forms.Add(form);
        }
    }
}
