namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>Text that a stranger wrote, for a terminal: it must not steer it, nor fill it.</summary>
public static class PlainText
{
    private const int Longest = 300;

    /// <summary>On one line, as long as a message may be.</summary>
    public static string Of(string text) => Plain(text.Length > Longest ? text[..Longest] : text);

    /// <summary>On one line, whole.</summary>
    public static string Line(string text) => Plain(text.ReplaceLineEndings(" ").Replace('\t', ' '));

    /// <summary>Line by line, whole, tabs included: a page.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(Plain))));

    public static bool IsPlain(string text) => !text.Any(char.IsControl);

    private static string Plain(string text) => IsPlain(text) ? text : string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
}
