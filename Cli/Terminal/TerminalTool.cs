using System.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Terminal;

/// <summary>Runs a tool on the user's terminal: a login shell, a remote command. The tool itself handles Ctrl-C.</summary>
internal sealed class TerminalTool(IReadOnlyDictionary<string, string> environment)
{
    public async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string path = ExecutablePath.Find(program, environment.GetValueOrDefault("PATH")) ?? program;
        var start = new ProcessStartInfo(path) { UseShellExecute = false };
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
