using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ansible;

/// <summary>Runs playbooks against a deployment.</summary>
public sealed class AnsiblePlaybook(IToolRunner runner, IEventSink events)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    public async Task RunAsync(
        DeploymentFolder folder,
        string playbook,
        IReadOnlyList<string> extraArguments,
        CancellationToken cancellation)
    {
        ToolResult result = await runner.RunAsync(
            new ToolCommand("ansible-playbook", ["-i", folder.Inventory, .. extraArguments, playbook])
            {
                WorkingDirectory = Path.GetDirectoryName(playbook),
                TimeLimit = Limit,
                Environment = AnsibleEnvironment.For(folder),
                LogFile = folder.AnsibleLog,
                OnOutput = line => events.Emit(new ToolLine("ansible", line)),
            },
            cancellation);
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Application,
                AnsibleCodes.PlaybookFailed,
                $"ansible-playbook {Path.GetFileName(playbook)} ended with exit code "
                    + $"{result.ExitCode}:\n{FailedTasks(result)}",
                $"read {folder.AnsibleLog}, fix the cause and run `tfgrid-compose up` again: it resumes here").On(FailedHosts(result));
        }
    }

    // "fatal: [vm]: FAILED! => ...", "failed: [vm -> localhost] (item=...)".
    private static string? FailedHosts(ToolResult result)
    {
        string[] hosts =
        [
            .. result.Kept.Split('\n')
                .Where(line => line.StartsWith("fatal: [", StringComparison.Ordinal)
                    || line.StartsWith("failed: [", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..].Split(']', ' ')[0])
                .Distinct(),
        ];
        return hosts.Length > 0 ? string.Join(' ', hosts) : null;
    }

    // Ansible's output ends with its recap; the failed tasks are in the lines before it.
    private static string FailedTasks(ToolResult result)
    {
        string[] lines = result.Kept.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] before =
            [.. lines.TakeWhile(line => !line.StartsWith("PLAY RECAP", StringComparison.Ordinal)).TakeLast(6)];
        return before.Length > 0 ? string.Join('\n', before) : result.Tail();
    }
}
