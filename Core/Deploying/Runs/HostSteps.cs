using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>Runs the commands that a pattern asks for on a host: around an apply, and around an app's hooks.</summary>
internal static class HostSteps
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>How the step failed, for people; null if it succeeded.</summary>
    public static async Task<string?> FailureOfAsync(UpRun run, RecordedStep step, CancellationToken cancellation)
    {
        run.Here.Events.Emit(new Note($"{step.Host}: {step.Description}"));
        if (run.Record.Hosts.FirstOrDefault(other => other.Name == step.Host) is not { } host)
        {
            return $"'{step.Description}' asks for the host '{step.Host}', which the deployment does not have";
        }

        SshClient ssh = run.Ssh(host);
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(ShellQuote.Words(step.Command)) with { TimeLimit = Limit }, cancellation);
        string ending = result.TimedOut
            ? $"did not end within {Limit.TotalMinutes:F0} minutes"
            : $"ended with exit code {result.ExitCode}";
        return result.Succeeded
            ? null
            : $"'{step.Description}' on '{step.Host}' {ending}: {run.Here.Mask.Apply(result.Tail())}";
    }
}
