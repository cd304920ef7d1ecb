using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a secret may be written in output: as it is, quoted for a shell, escaped for JSON or a URL, or in base64.</summary>
public static class SecretForms
{
    /// <summary>A shorter one is no secret: masking it would make output unreadable.</summary>
    public const int Shortest = 3;

    // A shorter one is masked as a word of its own only.
    private const int ShortestAnywhere = 4;
    private const int ShortestCode = 8;

    // Three bytes are four characters of base64.
    private const int CodeGroup = 3;

    // base64 and openssl break lines here.
    private static readonly int[] LineLengths = [64, 76];

    // What printf %q and an editor of double quotes put a backslash in front of.
    private const string ShellSpecial = " \t\\'\"`$&|;<>()[]{}*?!#~^,";

    /// <summary>Every form, without those that are too short to be recognised.</summary>
    public static IReadOnlyList<string> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (string raw in secret.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length >= Shortest)
            {
                Add(forms, line);

                // The encoders take their time to compile, and each `up` has a secret of plain letters.
                if (!IsPlain(line))
                {
                    AddWritten(forms, line);
                }
            }
        }

        AddCoded(forms, secret.TrimEnd('\n'));
        return [.. forms];
    }

    /// <summary>Whether the form at this place of a text counts: a short one must not be a part of a word.</summary>
    public static bool IsMeant(ReadOnlySpan<char> text, int start, int length) =>
        length >= ShortestAnywhere
            || ((start == 0 || !char.IsLetterOrDigit(text[start - 1]))
                && (start + length == text.Length || !char.IsLetterOrDigit(text[start + length])));

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

    // Its last byte or two are left out: with a line feed behind the secret, as `echo` writes it, they are coded in another way.
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
