using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;

namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>The problems of working on a shared deployment.</summary>
internal static class SharedProblems
{
    public static DiagnosticException Held(SharedHolder holder, string name, string target) => Conflict(
        SharedStateCodes.HeldElsewhere,
        $"{name} is being changed by {holder}.",
        $"wait until it has ended, or use --lock-timeout; if it was killed: tfgrid-compose unlock {target}");

    public static DiagnosticException ChangedMeanwhile(string name, string? by) => Conflict(
        SharedStateCodes.ChangedMeanwhile,
        $"The shared record of {name} was changed in the meantime{(by is null ? "" : $" by {by}")}; "
            + "nothing was overwritten.",
        "run the command again: it starts from the current record");

    public static DiagnosticException BackendChanged(DeploymentRecord record, BackendPlace? wanted) => Conflict(
        SharedStateCodes.BackendChanged,
        $"The state of {record.Name} ({record.Id}) is in {Place(record)}; the manifest and the configuration now say "
            + $"{wanted?.Location ?? "this machine"}.",
        $"move it: tfgrid-compose state migrate {record.Id}{(wanted is null ? " --to local" : "")}, "
            + "or change the manifest or the configuration back");

    public static DiagnosticException Gone(DeploymentRecord record) => Conflict(
        SharedStateCodes.RecordGone,
        NoRecord(record),
        "check which database, account or endpoint the environment names. If the record is lost, restore it and the state: "
            + $"`tfgrid-compose state list {record.Id}`, then `tfgrid-compose state restore N {record.Id}`; or remove the "
            + $"deployment: `tfgrid-compose down {record.Id}` checks on the grid what is left");

    public static string NoRecord(DeploymentRecord record) =>
        $"{Place(record)} holds no record of {record.Name} ({record.Id}).";

    public static DiagnosticException Other(DeploymentRecord local, DeploymentRecord shared) => Conflict(
        SharedStateCodes.OtherDeployment,
        $"{Place(local)} holds the deployment {shared.Name} ({shared.Id}), but this machine's copy is of "
            + $"{local.Name} ({local.Id}).",
        $"remove the one here: tfgrid-compose state migrate {local.Id} --to local, then down {local.Id}; "
            + "or name another key in the manifest's `state.config`");

    public static DiagnosticException NotMeant(BackendPlace place, DeploymentRecord shared, SharedTarget target) =>
        Conflict(
            SharedStateCodes.OtherDeployment,
            $"{place.Location} holds the deployment {shared.Name} ({shared.Id}) of {shared.AppName}, "
                + $"but '{target.Name}' of {target.AppName ?? target.Name} was requested.",
            "leave the key out of `state.config`, so that it follows from app and name; "
                + "or name another one for this deployment");

    public static DiagnosticException OtherFolder(DeploymentRecord local) => Conflict(
        SharedStateCodes.OtherDeployment,
        $"{local.Name} ({local.Id}) already belongs to another app folder here: {local.AppPath}.",
        $"run the command in that folder, or set another {TfgridHome.Variable} for this one");

    public static DiagnosticException Ended(DeploymentRecord record, SharedEnd end) => Conflict(
        SharedStateCodes.DestroyedElsewhere,
        end.MovedTo is { } place
            ? $"The state of {record.Name} ({record.Id}) was moved to {place} by {end.By} at "
                + $"{TimeText.Of(end.At)}."
            : $"{record.Name} ({record.Id}) was destroyed by {end.By} at {TimeText.Of(end.At)}.",
        "remove this machine's copy: tfgrid-compose down "
            + $"{record.Id}{(end.MovedTo is null ? "" : ", then `attach` with a manifest that names the new place")}");

    public static DiagnosticException Taken(BackendPlace place, DeploymentRecord shared) => Conflict(
        SharedStateCodes.TargetNotEmpty,
        $"{place.Location} already holds the deployment {shared.Name} ({shared.Id}); nothing was moved.",
        "name another key, bucket or schema in the manifest's `state.config`, or remove that deployment first");

    public static DiagnosticException NotAttached(BackendPlace place, DeploymentRecord shared) => Conflict(
        SharedStateCodes.NotAttached,
        $"{place.Location} holds {shared.Name} ({shared.Id}), which is not attached here yet, "
            + "so there is nothing to plan from.",
        "fetch it: tfgrid-compose attach "
            + $"{shared.AppName}{(shared.Name == shared.AppName ? "" : $" --name {shared.Name}")} (APP is the app's "
            + "folder here), then plan again");

    public static Diagnostic NotPublished(string name, DiagnosticException problem) => Diagnostic.Warning(
        SharedStateCodes.NotPublished,
        $"The shared record of {name} could not be written; other machines see an older one: "
            + $"{problem.Diagnostics[0].Message}",
        $"{problem.Diagnostics[0].Remedy}; `tfgrid-compose up` writes it again");

    /// <summary>Writes at a verb's end. A failure is a warning: the verb's own result is the one to report.</summary>
    public static async Task AttemptAsync(Surroundings here, string name, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (DiagnosticException lost)
        {
            here.Events.Emit(new DiagnosticRaised(NotPublished(name, lost)));
        }
        catch (IOException gone)
        {
            here.Events.Emit(new Note($"the shared record of {name} could not be written: {gone.Message}"));
        }
    }

    /// <summary>Whether the next write may succeed.</summary>
    public static bool MayPass(DiagnosticException problem) =>
        problem.Diagnostics is [{ Code: SharedStateCodes.BackendFailed or SharedStateCodes.TerraformLocked }];

    private static string Place(DeploymentRecord record) => record.SharedState?.Location ?? "this machine";

    private static DiagnosticException Conflict(string code, string message, string remedy) =>
        new(ExitCode.Conflict, code, message, remedy);
}
