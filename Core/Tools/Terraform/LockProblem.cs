using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>The problem of a locked Terraform state, with its holder and a remedy.</summary>
internal static class LockProblem
{
    public static DiagnosticException Of(LockInfo held, string deploymentId) => new(
        ExitCode.Conflict,
        SharedStateCodes.TerraformLocked,
        $"Terraform's state of {deploymentId} is locked by {held.Holder}.",
        $"wait until it has ended. If it was killed: `tfgrid-compose unlock {deploymentId}`, "
            + $"or `terraform force-unlock {held.Id}` in the deployment's terraform folder");
}
