using System.Globalization;
using System.Text;

namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>Makes untrusted text safe to print: no control characters, no endless lines.</summary>
public static class PlainText
{
    private const int Longest = 300;
    private const string ColourStart = "\u001b[";

    /// <summary>On one line, cut to the length of a message.</summary>
    public static string Of(string text) => Plain(text.Length > Longest ? text[..Longest] : text);

    /// <summary>On one line, uncut.</summary>
    public static string Line(string text) => IsPlain(text) ? text : Plain(text.ReplaceLineEndings(" ").Replace('\t', ' '));

    /// <summary>Line by line, uncut, tabs kept.</summary>
    public static string Lines(string text) => string.Join(
        '\n',
        text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(Plain))));

    /// <summary>
    /// Line by line for a terminal: without colours, and with a question mark for everything else that would steer it.
    /// </summary>
    public static string ForTerminal(string text) => IsPlain(text) ? text : Lines(WithoutColours(text));

    // ESC [ 1 ; 31 m
    private static string WithoutColours(string text)
    {
        int start = text.IndexOf(ColourStart, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        int taken = 0;
        for (; start >= 0; start = text.IndexOf(ColourStart, start + 1, StringComparison.Ordinal))
        {
            int end = start + ColourStart.Length;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ';' or ':'))
            {
                end++;
            }

            if (end < text.Length && text[end] == 'm')
            {
                plain.Append(text, taken, start - taken);
                taken = end + 1;
            }
        }

        return plain.Append(text, taken, text.Length - taken).ToString();
    }

    // A loop: the library's searches take 5 ms to compile, and `patterns list` asks for every word.
    public static bool IsPlain(string text)
    {
        foreach (char letter in text)
        {
            if (!IsPlain(letter))
            {
                return false;
            }
        }

        return true;
    }

    // U+2028 and U+2029 separate lines and paragraphs. Format characters are invisible or change the direction of the text;
    // words of some languages, and emoji, need two of them (U+200C and U+200D).
    private static bool IsPlain(char letter) => letter < '\u00a0'
        ? !char.IsControl(letter)
        : letter is not ('\u2028' or '\u2029')
            && (letter is '\u200c' or '\u200d' || char.GetUnicodeCategory(letter) != UnicodeCategory.Format);

    private static string Plain(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        char[] plain = text.ToCharArray();
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = IsPlain(plain[i]) ? plain[i] : '?';
        }

        return new string(plain);
    }
}
