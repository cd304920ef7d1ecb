namespace TfgridCompose.LocalGrid.Provider;

internal static class Hex
{
    public static bool IsOf(string text, int bytes) => text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit);
}
