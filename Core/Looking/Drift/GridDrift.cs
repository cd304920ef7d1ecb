using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Looking.Drift;

/// <summary>What Terraform finds when it looks at the grid, and the grid's own contracts.</summary>
internal sealed class GridDrift(Surroundings here)
{
    private const string Subject = "infrastructure";
    private const string Contracts = "contracts";
    private static readonly TimeSpan BackendLimit = TimeSpan.FromSeconds(20);

    /// <param name="record">The deployment.</param>
    /// <param name="isWorkedOn">Whether somebody is working on it now.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<IReadOnlyList<DriftFinding>> OfAsync(
        DeploymentRecord record, bool isWorkedOn, CancellationToken cancellation)
    {
        if (record.Outputs is null && (isWorkedOn || !MayHaveContracts(record)))
        {
            return [];
        }

        Task<(IReadOnlyList<GridContract> Live, string? Problem)> asking = LiveAsync(record, cancellation);
        IReadOnlyList<DriftFinding> resources =
            record.Outputs is null ? [] : await ResourcesAsync(record, asking, cancellation);
        (IReadOnlyList<GridContract> live, string? problem) = await asking;
        return
        [
            .. resources,
            .. problem is not null ? [new DriftFinding(Contracts, DriftState.Unknown, $"not checked: {problem}")]
                : record.Outputs is null ? Unfinished(live)
                : Compare(record.Contracts, live),
        ];
    }

    // Whether an apply was begun, even if it failed.
    private bool MayHaveContracts(DeploymentRecord record) =>
        record.ContractIds().Count > 0 || File.Exists(here.Home.Deployment(record.Id).TerraformApplyLog);

    private static IReadOnlyList<DriftFinding> Unfinished(IReadOnlyList<GridContract> live) =>
    [
        live.Count == 0
            ? new DriftFinding(Contracts, DriftState.AsRecorded, "none is live")
            : new DriftFinding(
                Contracts,
                DriftState.Differs,
                $"live from a run that did not finish: {string.Join(", ", live)}; `up` or `down` takes care of them"),
    ];

    private async Task<IReadOnlyList<DriftFinding>> ResourcesAsync(
        DeploymentRecord record,
        Task<(IReadOnlyList<GridContract> Live, string? Problem)> asking,
        CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        if (LocalState.Next(folder) is var next && next != LocalState.PathIn(folder))
        {
            return [new DriftFinding(
                Subject,
                DriftState.Unknown,
                $"not checked: an interrupted run left {next}; the next `up` or `down` restores it as the state first")];
        }

        bool mustBeAsked = TerraformState.MustBeAsked(folder);
        StateText? state = null;
        if (!mustBeAsked)
        {
            try
            {
                state = StateText.OfPull(await LocalState.ReadWholeAsync(LocalState.PathIn(folder), cancellation));
            }
            catch (DiagnosticException damaged)
            {
                return [Lost(damaged.Message, record)];
            }
        }

        if (state is { IsEmpty: true, Instances.Count: 0 })
        {
            return [Lost($"{LocalState.PathIn(folder)} is missing or empty", record)];
        }

        (TerraformWorkspace? terraform, string reason) = Workspace(record);
        if (terraform is null)
        {
            return [new DriftFinding(Subject, DriftState.Unknown, reason)];
        }

        try
        {
            state ??= await terraform.StateAsync(cancellation);
        }
        catch (DiagnosticException problem)
        {
            return [new DriftFinding(Subject, DriftState.Unknown, $"not checked: {problem.Message}")];
        }

        new StateIdentity(record, folder).Require(state);
        return state.Instances.Count == 0
            ? [Lost("Terraform's state names no resource", record)]
            : await RefreshAsync(terraform, record, asking, cancellation);
    }

    private static DriftFinding Lost(string what, DeploymentRecord record) => new(
        Subject,
        DriftState.Differs,
        $"{what}, but the deployment has machines; `tfgrid-compose state list {record.Id}` shows what can be restored");

    private async Task<(IReadOnlyList<GridContract> Live, string? Problem)> LiveAsync(
        DeploymentRecord record, CancellationToken cancellation)
    {
        try
        {
            return (await new LiveContracts(here, record)
                .ReadAsync(GridPatience.None, DateTimeOffset.MinValue, cancellation), null);
        }
        catch (DiagnosticException problem)
        {
            return ([], problem.Message);
        }
    }

    internal static IReadOnlyList<DriftFinding> Compare(
        IReadOnlyList<RecordedContract> recorded, IReadOnlyList<GridContract> live)
    {
        DriftFinding[] differences =
        [
            .. recorded.Where(contract => live.All(other => other.Id != contract.Id))
                .Select(contract =>
                    new DriftFinding(
                        Contracts,
                        DriftState.Differs,
                        $"contract {contract.Id} ({contract.Resource}) is gone from the grid")),
            .. live.Where(contract => recorded.All(other => other.Id != contract.Id))
                .Select(contract =>
                    new DriftFinding(
                        Contracts,
                        DriftState.Differs,
                        $"{contract} is not in Terraform's state; `tfgrid-compose leaks` tells more")),
            .. live.Where(contract => contract.State == GridContract.Grace)
                .Select(contract =>
                    new DriftFinding(
                        Contracts,
                        DriftState.Differs,
                        $"{contract}: the wallet is empty; fill it before the contract is deleted")),
        ];
        return differences.Length > 0
            ? differences
            : [new DriftFinding(Contracts, DriftState.AsRecorded, $"{live.Count} live, as recorded")];
    }

    private async Task<IReadOnlyList<DriftFinding>> RefreshAsync(
        TerraformWorkspace terraform,
        DeploymentRecord record,
        Task<(IReadOnlyList<GridContract> Live, string? Problem)> asking,
        CancellationToken cancellation)
    {
        (IReadOnlyList<(string Address, string Action)> drift, string? problem) =
            await terraform.RefreshAsync(cancellation);
        (IReadOnlyList<GridContract> live, string? unasked) = await asking;
        var contracts = new LiveContracts(here, record);
        IReadOnlyList<string> alive = contracts.ResourcesOf(live);
        return problem is not null ? [new DriftFinding(Subject, DriftState.Unknown, problem)]
            : drift.Count == 0 ? [new DriftFinding(Subject, DriftState.AsRecorded, "matches Terraform's state")]
            : [.. drift.Select(change => new DriftFinding(
                Subject, DriftState.Differs, $"{change.Address} {TextOf(change)}; `tfgrid-compose plan` says what `up` would do"))];

        string TextOf((string Address, string Action) change) =>
            change.Action != ResourceChange.Delete ? "was changed outside of Terraform"
            : unasked is not null ? "is not found by Terraform, and the grid could not be asked"
            : alive.Contains(change.Address) ? contracts.Stopped
            : "is gone from the grid";
    }

    private (TerraformWorkspace? Terraform, string Reason) Workspace(DeploymentRecord record)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        var grid = GridName.Parse(record.Grid);
        string? mnemonic =
            grid.IsLocal ? null : Mnemonic.Find(here.Environment, here.UserHome, here.CurrentFolder).Words?.Reveal();
        if (mnemonic is not null)
        {
            here.Mask.Add(mnemonic);
        }

        return TerraformTool.Find(here.Path) is not { } tool
            ? (null, "not checked: neither tofu nor terraform is installed")
            : !Directory.Exists(Path.Combine(folder.Terraform, ".terraform"))
                ? (null, "not checked: Terraform was not initialised here")
            : !grid.IsLocal && mnemonic is null ? (null, "not checked: there is no mnemonic")
            : (
                new TerraformWorkspace(
                    folder,
                    tool,
                    TerraformEnvironment.For(grid, here.Home, here.LocalGridPath, mnemonic),
                    here.Runner,
                    here.Events)
                {
                    StoreLimit = BackendLimit,
                },
                "");
    }
}
