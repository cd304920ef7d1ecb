using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>Whether anything of a deployment is left: in Terraform's state, on the grid, on this machine.</summary>
/// <param name="here">Tools, clock, folders.</param>
/// <param name="record">The deployment, with every contract that is known of it.</param>
/// <param name="asksGrid">False if nothing was ever applied, or if the user relies on Terraform's state alone.</param>
public sealed class EndProof(Surroundings here, DeploymentRecord record, bool asksGrid)
{
    private readonly DeploymentFolder _folder = here.Home.Deployment(record.Id);

    /// <summary>
    /// Waits for contracts to disappear; what the local grid still has of the deployment is cancelled.
    /// </summary>
    /// <param name="onCancelling">Called before anything is cancelled.</param>
    /// <param name="cancellation">Stops asking.</param>
    public async Task<DeploymentEnd> ProveAsync(Action onCancelling, CancellationToken cancellation)
    {
        DeploymentEnd end = await LookAsync(here.GridPatience, cancellation);
        if (end.Contracts.Count == 0 || !GridName.Parse(record.Grid).IsLocal)
        {
            return end;
        }

        // A Terraform that died half-way leaves contracts that are not in its state.
        here.Events.Emit(
            new Note("cancelling contracts that are not in Terraform's state: "
                + $"{string.Join(", ", end.Contracts.Select(contract => contract.Id))}"));
        onCancelling();
        await new LocalGridProgram(here.LocalGridPath, here.Runner)
            .CancelAsync(end.Contracts.Select(contract => contract.Id), cancellation);
        return await LookAsync(GridPatience.None, cancellation);
    }

    /// <summary>One look without waiting, after a destroy that failed.</summary>
    public Task<DeploymentEnd> LookAsync(CancellationToken cancellation) => LookAsync(GridPatience.None, cancellation);

    private async Task<DeploymentEnd> LookAsync(GridPatience patience, CancellationToken cancellation)
    {
        var state = TerraformLook.At(_folder);
        IReadOnlyList<GridContract> live = asksGrid
            ? await new LiveContracts(here, record).ReadAsync(patience, Settled(patience), cancellation)
            : [];
        IReadOnlyList<string> machine = await OnThisMachineAsync(cancellation);
        return new DeploymentEnd
        {
            Resources = state.Resources,
            Contracts = live,
            Machine = machine,
            IsLeftInStateOnly = asksGrid && live.Count == 0 && machine.Count == 0 && state.Problem is null && IsKnownByContracts(state),
        };
    }

    // A state in a backend outlives this machine's folder, so it must be empty.
    private bool IsKnownByContracts(TerraformLook state) =>
        !BackendFile.IsIn(_folder.Terraform)
        && state.Resources.All(resource => state.Contracts.Any(
            contract => contract.Resource == resource || contract.Resource.StartsWith($"{resource}[", StringComparison.Ordinal)));

    // If an apply failed or was interrupted, there may be a contract that no state names and that the indexer does not list
    // yet.
    private DateTimeOffset Settled(GridPatience patience)
    {
        JournalEntry? last =
            new Journal(_folder.Journal).Read().LastOrDefault(entry => entry.Phase == PhaseId.Infrastructure);
        return last is { Result: not JournalResult.Done } ? last.At + patience.Limit : DateTimeOffset.MinValue;
    }

    private async Task<IReadOnlyList<string>> OnThisMachineAsync(CancellationToken cancellation)
    {
        // Without a tunnel, there is nothing to look for that may need root.
        IReadOnlyList<WireguardFile> files = record.WireguardInterface is null
            && !File.Exists(_folder.WireguardConfig("wg-grid"))
            ? []
            : await new WireguardFiles(here.Runner, here.Path ?? "", here.IsRoot) { Folder = here.WireguardFolder }
                .OursAsync(cancellation) ?? [];
        return
        [
            .. files.Where(file => file.DeploymentId == record.Id).Select(file => $"file {file.Path}"),
            .. files.Where(file => file.DeploymentId == record.Id
                && file.Interface is { } name
                && WireguardTunnel.Exists(name)).Select(file => $"interface {file.Interface}"),
            .. ControlSocket.Answering(_folder).Select(socket => $"control socket {socket}"),
        ];
    }

    /// <summary>
    /// The refusal to end a deployment of which something is left; Terraform's own problem comes first.
    /// </summary>
    public DiagnosticException Left(DeploymentEnd end, DiagnosticException? destroy) => new(
        destroy?.ExitCode ?? ExitCode.Infrastructure,
        [
            .. destroy?.Diagnostics ?? [],
            .. end.NothingLeft ? Array.Empty<Diagnostic>() : [Diagnostic.Error(
                TerraformCodes.LeftAfterDestroy,
                $"Still left after the destroy: {end.Left}. The state is kept.",
                RemedyFor(end))],
        ]);

    private string RemedyFor(DeploymentEnd end)
    {
        bool local = GridName.Parse(record.Grid).IsLocal;
        string again = $"`tfgrid-compose down {record.Id}` again";
        if (end.Contracts.Count == 0)
        {
            return $"run {again}";
        }

        string cancel = local
            ? "`tfgrid-compose grid local prune`"
            : $"`{TfcmdCancel.Command(end.Contracts.Select(contract => contract.Id))}`";
        string grace = end.Contracts.Any(contract => contract.State == GridContract.Grace)
            ? "; a contract in grace cannot be cancelled before the wallet is filled" : "";

        // Terraform may still be able to end what its state names.
        return end.Resources.Count == 0
            ? $"run {cancel}, then {again}{grace}"
            : $"run {again}; if contracts stay, {cancel} removes them{grace}";
    }
}
