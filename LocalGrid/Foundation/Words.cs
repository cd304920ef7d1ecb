namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>Words of a request that are shown, stored or passed on, but never part of a path or a command.</summary>
internal static class Words
{
    private const int LongestLine = 255;

    /// <summary>One line that can be shown: no control characters, not too long.</summary>
    public static bool IsLine(string? text) => text is { Length: <= LongestLine } && !text.Any(char.IsControl);

    /// <summary>For a message: characters that control a terminal become a question mark.</summary>
    public static string Shown(string? text)
    {
        string shown = text ?? "null";
        return new([.. shown.Take(LongestLine).Select(letter => char.IsControl(letter) ? '?' : letter)]);
    }
}
