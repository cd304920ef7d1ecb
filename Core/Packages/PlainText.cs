namespace TfgridCompose.Core.Packages;

/// <summary>Text that a stranger wrote, for a terminal: it must not steer it, nor fill it.</summary>
internal static class PlainText
{
    private const int Longest = 300;

    public static string Of(string text) => new([.. text.Take(Longest).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    public static bool IsPlain(string text) => !text.Any(char.IsControl);
}
