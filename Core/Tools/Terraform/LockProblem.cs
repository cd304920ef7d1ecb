using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Terraform's refusal for a lock, said with the holder's name and the way out.</summary>
internal static class LockProblem
{
    public static DiagnosticException Of(LockInfo held, string deploymentId) => new(
        ExitCode.Conflict,
        SharedStateCodes.TerraformLocked,
        $"Terraform's state of {deploymentId} is locked by {held.Who} since {held.Created} ({held.Operation}, lock {held.Id}).",
        $"wait until it has ended; where it is dead: tfgrid-compose unlock {deploymentId}, or `terraform force-unlock {held.Id}` in the deployment's terraform folder");
}
