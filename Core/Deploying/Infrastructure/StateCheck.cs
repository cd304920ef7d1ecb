using System.Globalization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Before anything is planned from Terraform's state: it must be the deployment's own, and name its machines. From a
/// lost one, Terraform would make new machines beside those that run.
/// </summary>
internal sealed class StateCheck(Surroundings here, DeploymentRecord record, DeploymentFolder folder)
{
    private readonly StateIdentity _identity = new(record, folder);

    /// <summary>Whether the state was lost, and the machines too: a new state will have a lineage of its own.</summary>
    public bool IsLost { get; private set; }

    /// <summary>
    /// Checks the state on this machine, and returns its lineage; null where there is none, or where it is in a backend.
    /// </summary>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            return null;
        }

        string text = LocalState.ReadNext(folder);
        if (_identity.IsPlainlyOwn(text) && NamesResources(text))
        {
            return record.StateLineage;
        }

        var state = StateText.OfPull(text.Length > 0 || record.KnowsMachines()
            ? await LocalState.ReadNextAsync(folder, cancellation)
            : text);
        await JudgeAsync(state, cancellation);
        return state.Lineage.Length > 0 ? state.Lineage : null;
    }

    /// <summary>Throws where the state is another deployment's, or where it was lost and the machines are there.</summary>
    public async Task JudgeAsync(StateText state, CancellationToken cancellation)
    {
        _identity.Require(state);
        if (state.IsEncrypted
            || state.Instances.Count > 0
            || !record.KnowsMachines()
            || LocalState.HasErrored(folder))
        {
            return;
        }

        // Only the grid knows whether the machines are gone too, as after an apply that failed between two machines.
        IReadOnlyList<GridContract> live = await new LiveContracts(here, record)
            .ReadAsync(GridPatience.None, DateTimeOffset.MinValue, cancellation);
        IsLost = live.Count == 0 ? true : throw Lost(live);
    }

    private static bool NamesResources(string text) =>
        text.Contains("\"managed\"", StringComparison.Ordinal)
            || text.Contains("\"encrypted_data\"", StringComparison.Ordinal);

    private bool IsOfUse(StateBackup backup) =>
        StateIdentity.TryParse(PlainFile.ReadText(backup.Path)) is { } state
            && (state.IsEncrypted || state.Instances.Count > 0)
            && (StateIdentity.IsTagged(record, state)
                || StateIdentity.ForeignBecause(record, record.StateLineage, state) is null);

    private DiagnosticException Lost(IReadOnlyList<GridContract> live)
    {
        string restore = new StateBackups(folder, here.Clock).All.LastOrDefault(IsOfUse) is { } backup
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"restore the last backup: `tfgrid-compose state restore {backup.Number} {record.Id}`; or ")
            : "";
        return new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.StateLost,
            $"The Terraform state of {record.Name} ({record.Id}) in {folder.Terraform} names no resource, but the grid "
                + $"still has {string.Join(", ", live)}. With this state, Terraform would create new machines beside them.",
            $"{restore}remove the deployment: `tfgrid-compose down {record.Id}`");
    }
}
