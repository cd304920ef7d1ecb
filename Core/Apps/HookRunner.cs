using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Apps;

/// <summary>Runs a hook on a host. Its exit code is the result; nothing of its output is interpreted.</summary>
public sealed class HookRunner(IEventSink events, SecretMask mask)
{
    public const string EnvironmentFile = $"{AppFiles.DeploymentFolder}/.tfgrid-env";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>The remote command line: values come from a 0600 file there, never from a command line.</summary>
    public static string CommandLine(string hookPath) =>
        $"cd {AppFiles.DeploymentFolder} && set -a && . {EnvironmentFile} && set +a && exec {ShellQuote.IfNeeded($"./{hookPath}")}";

    public async Task RunAsync(SshClient host, string hostName, string hook, string pathInFolder, DeploymentFolder folder, CancellationToken cancellation)
    {
        string log = folder.HookLog(hook);
        ToolResult result = await host.RunAsync(
            new ToolCommand("ssh", host.Connection.Command(CommandLine(pathInFolder)))
            {
                LogFile = log,
                TimeLimit = Limit,
                OnOutput = line => events.Emit(new HookLine(hook, hostName, mask.Apply(line))),
                OnError = line => events.Emit(new HookLine(hook, hostName, line)),
            },
            cancellation);
        if (!result.Succeeded)
        {
            throw Failed(result, hostName, hook, log);
        }
    }

    private DiagnosticException Failed(ToolResult result, string hostName, string hook, string log)
    {
        const string Resume = "then run `tfgrid-compose up` again: the machine is kept and it resumes here";
        string tail = mask.Apply(result.Tail());
        return result switch
        {
            { TimedOut: true } => new(
                ExitCode.Application, AppCodes.HookTimedOut, $"The hook '{hook}' on '{hostName}' did not end within {Limit.TotalMinutes:F0} minutes.", $"read {log}, mend the hook, {Resume}"),
            { ExitCode: SshClient.ConnectionFailed } => new(
                ExitCode.Application, AppCodes.ConnectionLost, $"The connection to '{hostName}' was lost while the hook '{hook}' ran:\n{tail}", $"see `tfgrid-compose status`, {Resume}"),
            _ => new(
                ExitCode.Application, AppCodes.HookFailed, $"The hook '{hook}' on '{hostName}' ended with {result.ExitCode}:\n{tail}", $"read {log}, mend the hook, {Resume}"),
        };
    }
}
