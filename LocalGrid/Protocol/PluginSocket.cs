using System.Globalization;
using System.Security.Cryptography;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>The socket of a provider: its name tells the process, and cannot be taken by somebody else beforehand.</summary>
internal static class PluginSocket
{
    private const string Start = "tfgrid-localgrid-";
    private const string End = ".sock";

    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, true)}{End}");

    /// <summary>Removes what killed providers of this user left.</summary>
    public static void RemoveDead(string folder)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, $"{Start}*{End}"))
        {
            string[] words = Path.GetFileName(path)[Start.Length..^End.Length].Split('-');
            if (int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && !Directory.Exists($"/proc/{process}"))
            {
                TryDelete(path);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another provider was quicker.
        }
    }
}
