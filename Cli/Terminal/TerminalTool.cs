using System.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Terminal;

/// <summary>Runs a tool that inherits the terminal: a login shell, a remote command. Ctrl-C is the tool's to handle.</summary>
internal sealed class TerminalTool(IReadOnlyDictionary<string, string> environment)
{
    public async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(ExecutablePath.Find(program, environment.GetValueOrDefault("PATH")) ?? program)
        {
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in ToolEnvironment.Of(environment, new Dictionary<string, string?>()))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
