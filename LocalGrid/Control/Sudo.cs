using System.Diagnostics;

namespace TfgridCompose.LocalGrid.Control;

internal static class Sudo
{
    /// <summary>The same verb as root, on this terminal, so that its progress shows as it comes.</summary>
    public static int Run(string self, string[] args)
    {
        var info = new ProcessStartInfo("sudo") { UseShellExecute = false };
        foreach (var argument in new[] { "-n", "--", self }.Concat(args))
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info) ?? throw new InvalidOperationException("sudo did not start");
        process.WaitForExit();
        return process.ExitCode;
    }
}
