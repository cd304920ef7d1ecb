using System.Globalization;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Contracts that carry a deployment's tag and are not in Terraform's state: Terraform or the provider was
/// killed between the grid's answer and the state, or a refresh mistook a machine that is off for one that is gone. An
/// apply would create their machines again and fail on the network's name. On the local grid they can be cancelled.
/// </summary>
public sealed class StrayContracts(UpRun run, TerraformWorkspace terraform, LocalGridProgram program)
{
    public async Task CancelAsync(CancellationToken cancellation)
    {
        long[] live =
        [
            .. (await new GridClient(program)
                .ContractsOfAsync(run.Record.Id, null, cancellation)).Select(contract => contract.Id),
        ];
        if (live.Length == 0)
        {
            return;
        }

        HashSet<long> known =
            [.. TerraformContracts.Of(await terraform.StateAsync(cancellation)).Select(contract => contract.Id)];
        string[] strays =
        [
            .. live.Where(contract => !known.Contains(contract))
                .Select(contract => contract.ToString(CultureInfo.InvariantCulture)),
        ];
        if (strays.Length > 0)
        {
            run.Here.Events.Emit(
                new Note($"cancelling contracts that are not in Terraform's state: {string.Join(", ", strays)}"));
            await program.RunAsync(["cancel", "--contracts", .. strays], cancellation);
        }
    }
}
