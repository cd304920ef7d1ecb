using System.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Terminal;

/// <summary>Runs a tool on the user's terminal: a login shell, a remote command. The tool itself handles Ctrl-C.</summary>
internal sealed class TerminalTool(IReadOnlyDictionary<string, string> environment)
{
    public async Task<int> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var command = new ToolCommand(
            ExecutablePath.Find(program, environment.GetValueOrDefault("PATH")) ?? program, arguments);
        var start = new ProcessStartInfo(command.Program) { UseShellExecute = false };
        foreach (string argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in ToolEnvironment.Of(environment, command))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
