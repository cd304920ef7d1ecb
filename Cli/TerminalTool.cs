using System.Diagnostics;

namespace TfgridCompose.Cli;

/// <summary>Runs a tool that inherits the terminal: a login shell, a remote command. Ctrl-C is the tool's to handle.</summary>
internal static class TerminalTool
{
    public static async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("TF_VAR_mnemonic");
        start.Environment.Remove("MNEMONIC");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
