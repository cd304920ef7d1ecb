using System.Globalization;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Moves machines away from nodes that the user leaves and that need not answer. The provider would ask them before it ends their
/// contracts, so a <see cref="StandIn"/> is asked. The state may only change after the user has agreed, and a plan is bound to its state:
/// it is made again, and must change the same.
/// </summary>
internal sealed class NodeDeparture(UpRun run, TerraformWorkspace terraform)
{
    private IReadOnlyList<int> Left => run.Request.LeftNodes;

    public async Task BeforeApplyAsync(TerraformPlan agreed, IReadOnlyList<string> replaced, CancellationToken cancellation)
    {
        if (Left.Count == 0
            || !await terraform.AskInPlaceAsync(await StandInAsync(cancellation), Left.Contains, inNetworks: false, cancellation))
        {
            return;
        }

        TerraformPlan again = await terraform.PlanAsync(replaced, takesNoLock: false, refreshes: false, cancellation);
        if (!ActionsOf(again).SequenceEqual(ActionsOf(agreed)))
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                TerraformCodes.PlanFailed,
                $"Without node {Numbers(Left)}, Terraform plans something else than what you agreed to: "
                    + $"{string.Join(", ", ActionsOf(again))}. Nothing was changed on the grid.",
                "run the same command again");
        }
    }

    /// <summary>
    /// If the access point of a network was left, the provider sets another one without having planned it. Terraform then keeps the
    /// outputs that were planned, such as the WireGuard configuration, until the next apply.
    /// </summary>
    public async Task AfterApplyAsync(CancellationToken cancellation)
    {
        if (Left.Count == 0)
        {
            return;
        }

        TerraformPlan rest = await terraform.PlanAsync([], takesNoLock: false, refreshes: false, cancellation);
        if (rest is { Changes.Count: 0, OutputsChange: true })
        {
            await terraform.ApplyAsync(cancellation);
        }
    }

    /// <summary>A plan; where it fails and machines do not answer, the message says how to move them.</summary>
    public static async Task<TerraformPlan> AdvisedAsync(DeploymentRecord record, Observation seen, Func<Task<TerraformPlan>> plan)
    {
        try
        {
            return await plan();
        }
        catch (DiagnosticException problem) when (problem.Diagnostics is [{ Code: TerraformCodes.PlanFailed } failed])
        {
            int[] silent = record.Outputs is null ? [] :
            [
                .. record.Hosts
                    .Where(host => host.NodeId > 0 && !seen.Answering.Contains(host.Name))
                    .Select(host => host.NodeId)
                    .Distinct(),
            ];
            throw silent.Length == 0 ? problem : new DiagnosticException(
                problem.ExitCode,
                [failed with
                {
                    Remedy = $"{failed.Remedy}. If a node is dead, its machines can be made anew on another one, without their data: "
                        + $"add `{string.Join(' ', silent.Select(node => $"--leave-node {node}"))}`",
                }],
                problem);
        }
    }

    // Not one that gets a machine: if the run is killed now, the next plan still sees that the machine has to move.
    private async Task<int> StandInAsync(CancellationToken cancellation)
    {
        int[] chosen = [.. run.App.Hosts.Select(host => host.NodeId).Distinct()];
        try
        {
            IReadOnlyList<int> answering = await new GridClient(GridTransports.Of(run.App.Grid, run.Here))
                .AnsweringNodesAsync([.. Left, .. chosen], cancellation);
            return answering.Except([.. Left, .. chosen]).Append(chosen[0]).First();
        }
        catch (DiagnosticException problem)
        {
            run.Here.Events.Emit(new Note($"node {chosen[0]} is asked in place of node {Numbers(Left)}: {problem.Message}"));
            return chosen[0];
        }
    }

    private static IEnumerable<string> ActionsOf(TerraformPlan plan) =>
        plan.Changes.Select(change => $"{change.Action} {change.Address}").Order(StringComparer.Ordinal);

    private static string Numbers(IReadOnlyList<int> nodes) =>
        string.Join(", ", nodes.Select(node => node.ToString(CultureInfo.InvariantCulture)));
}
