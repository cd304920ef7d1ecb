using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Runs hooks on a host. Only their exit code counts; their output is not interpreted.</summary>
public sealed class HookRunner(IEventSink events, SecretMask mask)
{
    public const string EnvironmentFile = $"{AppFiles.DeploymentFolder}/.tfgrid-env";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>
    /// The remote command line. Values come from a file with mode 0600 on the host, never from a command line.
    /// </summary>
    public static string CommandLine(string hookPath) =>
        $"cd {AppFiles.DeploymentFolder} && set -a && . {EnvironmentFile} && set +a && exec "
            + $"{ShellQuote.IfNeeded($"./{hookPath}")}";

    public async Task RunAsync(SshClient ssh, AppHook hook, HookPlace place, CancellationToken cancellation)
    {
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(CommandLine(hook.PathInFolder)) with
            {
                LogFile = place.LogFile,
                TimeLimit = Limit,
                OnOutput = line => Show(mask.Apply(line)),
                OnError = Show,
            },
            cancellation);
        if (!result.Succeeded)
        {
            throw Failed(result, hook.Name, place);
        }

        void Show(string line) =>
            events.Emit(new HookLine(hook.Name, place.Host, line) { OneOfSeveral = place.OneOfSeveral });
    }

    private DiagnosticException Failed(ToolResult result, string hook, HookPlace place)
    {
        const string Resume = "then run `tfgrid-compose up` again: the machine is kept, and it resumes here";
        string tail = mask.Apply(result.Tail());
        return result switch
        {
            { TimedOut: true } => new(
                ExitCode.Application,
                AppCodes.HookTimedOut,
                $"The hook '{hook}' on '{place.Host}' did not end within {Limit.TotalMinutes:F0} minutes.",
                $"read {place.LogFile}, fix the hook, {Resume}"),
            { ExitCode: SshClient.ConnectionFailed } => new(
                ExitCode.Application,
                AppCodes.ConnectionLost,
                $"The connection to '{place.Host}' was lost while the hook '{hook}' ran:\n{tail}",
                $"see `tfgrid-compose status`, {Resume}"),
            _ => new(
                ExitCode.Application,
                AppCodes.HookFailed,
                $"The hook '{hook}' on '{place.Host}' ended with exit code {result.ExitCode}:\n{tail}",
                $"read {place.LogFile}, fix the hook, {Resume}"),
        };
    }
}
