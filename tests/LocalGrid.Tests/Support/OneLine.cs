namespace TfgridCompose.LocalGrid.Tests.Support;

internal static class OneLine
{
    /// <summary>A long line that is written over several.</summary>
    public static string Of(string lines) => lines.Replace("\n", "", StringComparison.Ordinal);
}
