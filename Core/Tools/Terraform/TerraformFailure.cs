using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>What a command of Terraform that failed means for the user.</summary>
internal sealed class TerraformFailure(DeploymentFolder folder, TerraformTool tool, bool isLocalGrid)
{
    public void ThrowIf(ToolResult result, TerraformMessages? messages, string code, string verb, string log)
    {
        if (result.Succeeded)
        {
            return;
        }

        if (messages is not null && LockIn(messages) is { } held)
        {
            throw LockProblem.Of(held, folder.Id);
        }

        string reason = messages is { Errors.Count: > 0 } ? string.Join('\n', messages.Errors) : result.Tail();
        throw new DiagnosticException(
            ExitCode.Infrastructure,
            code,
            $"{tool.Name} {verb} {result.Ending}:\n{reason}",
            $"read {log}, fix the cause and run the same command again{Provider}");
    }

    /// <summary>Who holds Terraform's lock, if that is why it failed.</summary>
    public static LockInfo? LockIn(TerraformMessages messages) => LockInfo.In(string.Join('\n', messages.Errors));

    // On a paid grid the registry chose it; another release may want other things.
    private string Provider =>
        isLocalGrid || ProviderChoice.Resolved(folder) is not { } resolved ? "" : $"; the provider is {resolved}";
}
