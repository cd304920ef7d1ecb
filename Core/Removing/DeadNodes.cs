using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>
/// Ends what a destroy could not end because a node does not answer: Terraform tries again, with a <see cref="StandIn"/> for each node
/// that is left in the state.
/// </summary>
internal sealed class DeadNodes(Surroundings here, GridName grid, TerraformWorkspace terraform)
{
    // A node that the grid calls healthy may have died a moment ago.
    private const int MostTried = 2;

    /// <summary>Whether everything in the state was ended.</summary>
    public async Task<bool> DestroyAsync(CancellationToken cancellation)
    {
        foreach (int standIn in await StandInsAsync(cancellation))
        {
            if (cancellation.IsCancellationRequested
                || !await terraform.AskInPlaceAsync(standIn, node => node != standIn, inNetworks: true, cancellation))
            {
                return false;
            }

            here.Events.Emit(new Note(
                $"the destroy failed; contracts end on the grid's chain without their nodes, so it runs again and asks node {standIn} in "
                    + "place of those that are left"));
            try
            {
                await terraform.DestroyAsync(cancellation);
                return true;
            }
            catch (DiagnosticException) when (terraform.FailedAtResource)
            {
                // The first failure is the one to report.
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<int>> StandInsAsync(CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<int> left = StandIn.NodesIn(await terraform.StateAsync(cancellation));
            IReadOnlyList<int> answering =
                await new GridClient(GridTransports.Of(grid, here)).AnsweringNodesAsync(left, cancellation);
            return [.. answering.Except(left).Take(MostTried)];
        }
        catch (DiagnosticException problem)
        {
            here.Events.Emit(new Note($"no node could be found to ask in place of one that does not answer: {problem.Message}"));
            return [];
        }
    }
}
