using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>
/// <c>state migrate</c>: copies Terraform's state and the record to the place that the manifest now names, checks the copy,
/// and only then switches. The old ones stay, and name the new place.
/// </summary>
public sealed class StateMigration(Surroundings here, LockTerms terms)
{
    private const string ThisMachine = "this machine";

    /// <param name="found">The deployment.</param>
    /// <param name="manifest">The manifest that names the new place; null for this machine.</param>
    /// <param name="cancellation">Ends it before it switches.</param>
    public async Task<MigrationResult> RunAsync(DeploymentRecord found, Manifest? manifest, CancellationToken cancellation)
    {
        using DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);
        BackendPlace? place = manifest is null ? null : SharedTarget.PlaceOf(here, manifest, found.Name);
        RequireOther(found, place);
        DeploymentFolder folder = here.Home.Deployment(found.Id);
        var former = FormerRecord.Of(folder, found.SharedState);
        SharedTarget target = SharedTarget.OfRecord(SharedPurpose.MoveFrom, found) with { RecordFolder = former.Path };
        await using SharedSession old = await SharedSession.OpenAsync(here, terms, target, cancellation);
        if (old.Ended is { } ended)
        {
            throw SharedProblems.Ended(found, ended);
        }

        await old.HoldAsync(cancellation);
        DeploymentRecord record = old.Existing ?? found;
        var states = new StateOfDeployment(here, record);
        RequireNothingLeft(record, folder);
        string text = await states.ReadAsync(cancellation);
        StateText? state = text.Trim().Length > 0
            ? StateOfDeployment.Parse(text, $"The state of {record.Name} ({record.Id})")
            : null;
        states.Backups.Take(text);
        string removeOld = record.SharedState?.RemoveCommand ?? $"rm {Attachment.SetAside(folder)}";
        record = place is null
            ? await ToThisMachineAsync(record, folder, state is { IsEmpty: false } ? text : null, cancellation)
            : await ToAsync(place, record, folder, states, state, cancellation);
        await old.EndAsync(place?.Location ?? $"{ThisMachine} ({Environment.MachineName})", cancellation);
        former.Remove();
        return new MigrationResult(
            found.SharedState?.Location ?? ThisMachine, record.SharedState?.Location ?? ThisMachine, removeOld);
    }

    // Only that file knows what the run created. `up` would restore it to the current state, but not to another backend.
    private static void RequireNothingLeft(DeploymentRecord record, DeploymentFolder folder)
    {
        if (LocalState.HasErrored(folder))
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                TerraformCodes.ErroredStateRefused,
                $"An interrupted run left {LocalState.ErroredIn(folder)}, which the move would leave behind.",
                $"compare it with `tfgrid-compose state pull {record.Id}`; if it is the newer one, make it the state: "
                    + $"`tfgrid-compose state push {LocalState.ErroredIn(folder)} {record.Id}`. Then move it away and run the "
                    + "command again");
        }
    }

    private static void RequireOther(DeploymentRecord record, BackendPlace? place)
    {
        if (record.SharedState?.Location == place?.Location)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                SharedStateCodes.NothingToMigrate,
                $"The state of {record.Name} ({record.Id}) is already {(place is null ? $"on {ThisMachine}" : $"in {place.Location}")}.",
                "change `state` in the manifest first (docs/shared-state.md), or move it here with --to local");
        }
    }

    private async Task<DeploymentRecord> ToAsync(
        BackendPlace place,
        DeploymentRecord record,
        DeploymentFolder folder,
        StateOfDeployment states,
        StateText? state,
        CancellationToken cancellation)
    {
        var target = new SharedTarget
        {
            Purpose = SharedPurpose.MoveTo,
            AppFolder = record.AppPath,
            Name = record.Name,
            Place = place,
        };
        await using SharedSession now = await SharedSession.OpenAsync(here, terms, target, cancellation);
        await now.HoldAsync(cancellation);
        string? lineage = await CopyAsync(place, folder, states, state, cancellation);
        DeploymentRecord moved = await now.BeginAsync(
            record with { StateLineage = lineage ?? record.StateLineage }, cancellation);
        await new Attachment(here, Environment.MachineName).OpenTerraformAsync(moved, folder, cancellation);
        return moved;
    }

    // In a separate folder: the deployment uses its old state until the copy is checked. Returns the copy's lineage, or null
    // if there was nothing to copy: in some backends Terraform keeps the lineage of the empty state it found there.
    private static async Task<string?> CopyAsync(
        BackendPlace place,
        DeploymentFolder folder,
        StateOfDeployment states,
        StateText? own,
        CancellationToken cancellation)
    {
        if (own is null or { IsEmpty: true })
        {
            return null;
        }

        string staging = Path.Combine(folder.Path, "migrating");
        Delete(staging);
        BackendFile.Write(staging, place.Kind, place.Infrastructure);
        CopyEncryption(folder.Terraform, staging);
        StateStore store = states.Store(staging);
        await store.InitAsync(cancellation);
        StateText there = await store.PullStateAsync(cancellation);

        // After a killed move, the same state is already there. An empty state may be a former deployment's.
        bool isFormer = there.Instances.Count == 0 && there.Lineage != own.Lineage;
        if (isFormer || !there.HasSameContent(own))
        {
            await store.PushAsync(
                there.Instances.Count > 0
                    ? throw NotEmpty(place, there)
                    : own.WithSerial(Math.Max(own.Serial, there.Serial + 1)),
                force: !there.IsEmpty,
                cancellation);
        }

        StateText copied = await store.PullStateAsync(cancellation);
        if (!copied.HasSameContent(own))
        {
            throw Changed(place);
        }

        Delete(staging);
        return copied.Lineage.Length > 0 ? copied.Lineage : null;
    }

    private static void CopyEncryption(string from, string to)
    {
        string path = Path.Combine(from, StateEncryption.FileName);
        if (File.Exists(path))
        {
            PrivateFile.Write(Path.Combine(to, StateEncryption.FileName), PlainFile.ReadText(path));
        }
    }

    private static DiagnosticException Changed(BackendPlace place) => new(
        ExitCode.Infrastructure,
        SharedStateCodes.BackendFailed,
        $"{place.Location} returned a different state than was written.",
        "nothing was moved: the deployment still uses its former state; "
            + "check the backend and run the command again");

    // Whenever it is killed, either the backend's file or a complete local state exists.
    private async Task<DeploymentRecord> ToThisMachineAsync(
        DeploymentRecord record, DeploymentFolder folder, string? state, CancellationToken cancellation)
    {
        if (state is not null)
        {
            PrivateFile.Write(Path.Combine(folder.Terraform, TerraformState.FileName), state);
        }

        BackendFile.Remove(folder.Terraform);
        DeploymentRecord local = here.Store.Save(record with { SharedState = null, Tunnel = null });
        Delete(folder.SharedRecord);
        await new Attachment(here, Environment.MachineName).OpenTerraformAsync(local, folder, cancellation);
        return local;
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DiagnosticException NotEmpty(BackendPlace place, StateText there) => new(
        ExitCode.Conflict,
        SharedStateCodes.TargetNotEmpty,
        $"{place.Location} already holds a state with "
            + $"{string.Join(", ", there.Instances.Select(instance => instance.Address).Take(5))}; nothing was moved.",
        "name another key, bucket or schema in the manifest's `state.config`");
}
