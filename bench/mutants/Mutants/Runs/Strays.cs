using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TfgridCompose.Mutants.Runs;

/// <summary>Processes that a test left behind, found by the folder of their run in their environment.</summary>
internal static class Strays
{
    public static void End(string folder)
    {
        foreach (string process in Directory.GetDirectories("/proc").Where(each => char.IsAsciiDigit(Path.GetFileName(each)[0])))
        {
            if (BelongsTo(process, folder))
            {
                Kill(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
            }
        }
    }

    private static bool BelongsTo(string process, string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains($"TFC_MUTANT_RUN={folder}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var stray = Process.GetProcessById(id);
            stray.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself.
        }
    }
}
