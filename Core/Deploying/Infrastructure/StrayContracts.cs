using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Live contracts of a deployment that Terraform's state does not name: Terraform or the provider was killed between the chain's answer
/// and the state, a create failed and was not reverted, or the state is an older one. An apply would make their machines again, and both
/// would be paid for. The provider imports nothing, so they can only be cancelled: on the local grid here, on a paid one by the user.
/// </summary>
public sealed class StrayContracts(UpRun run, TerraformWorkspace terraform)
{
    /// <summary>On the local grid: cancels them.</summary>
    public async Task CancelAsync(CancellationToken cancellation)
    {
        var program = new LocalGridProgram(run.Here.LocalGridPath, run.Here.Runner);
        long[] live =
        [
            .. (await new GridClient(program)
                .ContractsOfAsync(run.Record.Id, null, cancellation)).Select(contract => contract.Id),
        ];
        long[] strays = live.Length == 0 ? [] : [.. live.Except(await KnownAsync(cancellation))];
        if (strays.Length > 0)
        {
            run.Here.Events.Emit(
                new Note($"cancelling contracts that are not in Terraform's state: {string.Join(", ", strays)}"));
            await program.CancelAsync(strays, cancellation);
        }
    }

    /// <summary>On a paid grid: throws if there are any, or if there may be and the grid cannot be asked.</summary>
    public async Task RequireNoneAsync(IReadOnlyList<JournalEntry> journal, CancellationToken cancellation)
    {
        var history = ApplyHistory.Of(journal);
        if (run.App.Grid.IsLocal || (history.LastAt is null && run.Record.ContractIds().Count == 0))
        {
            return;
        }

        HashSet<long> known = [.. await KnownAsync(cancellation)];
        bool isSettled = history.EndedWell && run.Record.ContractIds().All(known.Contains);
        try
        {
            IReadOnlyList<GridContract> strays = await new LiveContracts(run.Here, run.Record).BesideAsync(
                known, Nodes(), SettledAt(history, isSettled), cancellation);
            if (strays.Count > 0)
            {
                throw Refusal(strays);
            }
        }
        catch (DiagnosticException problem) when (isSettled && problem.ExitCode == ExitCode.Infrastructure)
        {
            run.Here.Events.Emit(
                new Note($"whether the grid has contracts that Terraform does not know could not be asked: {problem.Message}"));
        }
    }

    private async Task<IEnumerable<long>> KnownAsync(CancellationToken cancellation) =>
        TerraformContracts.Of(await terraform.StateAsync(cancellation)).Select(contract => contract.Id);

    // The index may list a new contract late. A killed run wrote no line when it died, but Terraform's log shows it.
    private DateTimeOffset SettledAt(ApplyHistory history, bool isSettled)
    {
        if (isSettled)
        {
            return DateTimeOffset.MinValue;
        }

        DateTimeOffset logged = File.Exists(run.Folder.TerraformApplyLog)
            ? File.GetLastWriteTimeUtc(run.Folder.TerraformApplyLog)
            : DateTimeOffset.MinValue;
        DateTimeOffset last = history.LastAt is { } at && at > logged ? at : logged;
        return last == DateTimeOffset.MinValue ? last : last + run.Here.GridPatience.Limit;
    }

    private IReadOnlyList<int> Nodes() =>
    [
        .. run.App.Hosts.Select(host => host.NodeId)
            .Concat(run.Record.Hosts.Select(host => host.NodeId))
            .Concat(run.Record.Contracts.Select(contract => contract.NodeId))
            .Where(node => node > 0)
            .Distinct(),
    ];

    private DiagnosticException Refusal(IReadOnlyList<GridContract> strays) => new(
        ExitCode.Conflict,
        StateCodes.StrayContracts,
        $"The grid '{run.App.Grid}' has contracts of {run.Record.Name} ({run.Record.Id}) that Terraform's state does not name: "
            + $"{string.Join(", ", strays)}. An earlier run was interrupted, or failed and was not reverted. They are paid for, and "
            + "this run would pay for the same machines once more.",
        $"cancel them: `{TfcmdCancel.Command(strays.Select(contract => contract.Id))}` (https://github.com/threefoldtech/tfgrid-sdk-go, "
            + "grid-cli; or the dashboard of the grid), then run the same command again; or remove the whole deployment: "
            + $"`tfgrid-compose down {run.Record.Id}`");
}
