using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>
/// <c>state push</c> and <c>state restore</c>: replaces the Terraform state with another one, under the deployment's locks.
/// </summary>
public sealed class StateReplacement(Surroundings here, LockTerms terms)
{
    /// <summary>Returns whether there was a state before.</summary>
    public Task<bool> PushAsync(DeploymentRecord found, string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                SharedStateCodes.NotAState,
                $"There is no file {file}.",
                "give a file that `state pull` wrote");
        }

        string text = PlainFile.ReadText(file);
        return ReplaceAsync(found, StateOfDeployment.Parse(text, file), text, isBackup: false, cancellation);
    }

    /// <summary>Returns whether there was a state before.</summary>
    public Task<bool> RestoreAsync(DeploymentRecord found, int number, CancellationToken cancellation)
    {
        StateBackup backup = new StateBackups(here.Home.Deployment(found.Id), here.Clock).Require(number);
        string text = PlainFile.ReadText(backup.Path);
        return ReplaceAsync(found, StateOfDeployment.Parse(text, backup.Path), text, isBackup: true, cancellation);
    }

    private async Task<bool> ReplaceAsync(
        DeploymentRecord found, StateText state, string text, bool isBackup, CancellationToken cancellation)
    {
        using DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);

        // Read again, because another run may have changed it while this one waited.
        found = here.Store.Load(found.Id) ?? found;
        var target = SharedTarget.OfRecord(SharedPurpose.UseCopy, found);
        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, target, cancellation);
        if (shared.Ended is { } ended)
        {
            throw SharedProblems.Ended(found, ended);
        }

        await shared.HoldAsync(cancellation);
        DeploymentRecord record = shared.Existing ?? found;
        var states = new StateOfDeployment(here, record);
        string current = await states.ReadAsync(cancellation);
        Require(record, current, state, isBackup);
        string lineage = await states.ReplaceAsync(current, state, text, cancellation);
        if (lineage.Length > 0 && lineage != record.StateLineage)
        {
            here.Store.Save(record with { StateLineage = lineage });
        }

        await shared.PublishAsync(cancellation);
        return current.Trim().Length > 0;
    }

    // A backup counts as the deployment's own if it has its tag, whatever its lineage: a state that was created again after a
    // loss has another one.
    private static void Require(DeploymentRecord record, string current, StateText state, bool isBackup)
    {
        if (StateIdentity.ForeignBecause(record, record.StateLineage ?? LineageOf(record, current), state) is { } why
            && !(isBackup && StateIdentity.IsTagged(record, state)))
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                SharedStateCodes.OtherDeployment,
                $"This is not the state of {record.Name} ({record.Id}): {why}. Nothing was written.",
                $"use a state that `tfgrid-compose state pull {record.Id}` wrote, or a backup: "
                    + $"tfgrid-compose state list {record.Id}");
        }
    }

    // If the state to be replaced is damaged or another deployment's, its lineage does not matter.
    private static string? LineageOf(DeploymentRecord record, string current) =>
        StateIdentity.TryParse(current) is { } state && StateIdentity.ForeignBecause(record, lineage: null, state) is null
            ? state.Lineage
            : null;
}
