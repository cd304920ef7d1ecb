using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Backs up and recovers the state of a deployment's Terraform folder, wherever its backend is.</summary>
internal sealed class StateKeeping(DeploymentFolder folder, StateStore store, IEventSink events)
{
    private readonly StateBackups _backups = new(folder, TimeProvider.System);

    /// <summary>Refuses another deployment's state; null accepts any state.</summary>
    public StateIdentity? Identity { get; init; }

    /// <summary>
    /// Pulls a state that is not a plain file here, and saves the list of its resources. Returns null for a plain file.
    /// </summary>
    public async Task<StateText?> LookAsync(CancellationToken cancellation) =>
        TerraformState.MustBeAsked(folder) ? await PulledAsync(Identity, cancellation) : null;

    /// <summary>
    /// Sets a state aside that a full disk cut short, if Terraform left one that it could not store: with a damaged state,
    /// Terraform does not even start.
    /// </summary>
    public void SetCutAside()
    {
        string path = LocalState.PathIn(folder);
        if (LocalState.Next(folder) != path
            && LocalState.IsCut(folder)
            && Identity?.IsForeign(LocalState.ReadNext(folder)) != true)
        {
            events.Emit(new Note($"{path} was cut short; it is kept as {FileAside.Move(path, "unreadable")}"));
        }
    }

    /// <summary>
    /// Restores a state that Terraform could not store: after a full disk or a lost backend during an apply, only this
    /// file knows what was created.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        string errored = LocalState.ErroredIn(folder);
        if (!File.Exists(errored))
        {
            return;
        }

        string text = PlainFile.ReadText(errored);
        if (Problem(text) is { } problem)
        {
            await SetAsideAsync(errored, problem, cancellation);
            return;
        }

        if (Identity?.IsForeign(text) == true)
        {
            throw Refused(errored, "it is another deployment's state, or of another lineage", "");
        }

        _backups.Take(text);
        await PushAsync(errored, text, cancellation);
        File.Delete(errored);
        events.Emit(new Note($"{errored}, which an interrupted run left, was restored as the state"));
        await LookAsync(cancellation);
    }

    private async Task PushAsync(string errored, string text, CancellationToken cancellation)
    {
        ToolResult pushed = await store.TryPushAsync(text, force: false, cancellation);
        if (!pushed.Succeeded
            && StateStore.LockIn(pushed) is null
            && await ConflictAsync(StateText.Parse(text), cancellation) is { } conflict)
        {
            throw Refused(
                errored,
                conflict,
                $" If the file is the right one: `tfgrid-compose state push {errored} {folder.Id}`.");
        }

        store.Require(pushed, "state push");
    }

    private DiagnosticException Refused(string errored, string reason, string orElse) => new(
        ExitCode.Infrastructure,
        TerraformCodes.ErroredStateRefused,
        $"An interrupted run left {errored}, which was not restored as the state: {reason}.",
        $"compare it with the state (`tfgrid-compose state pull {folder.Id}`).{orElse} Then move it away and run the "
            + "command again");

    // A state may follow one with the same lineage and a serial that is not higher. Returns null if there is another reason.
    private async Task<string?> ConflictAsync(StateText errored, CancellationToken cancellation)
    {
        try
        {
            var now = StateText.OfPull(await store.PullAsync(cancellation));
            return LocalState.ConflictOf(now, errored);
        }
        catch (Exception problem) when (problem is DiagnosticException or JsonException)
        {
            // The push's own error is the one to report.
            return null;
        }
    }

    private static string? Problem(string state)
    {
        try
        {
            StateText.Parse(state);
            return null;
        }
        catch (JsonException problem)
        {
            return state.Trim().Length == 0 ? "it is empty" : problem.Message;
        }
    }

    // A full disk leaves the file empty or cut. Terraform cannot use it, but what it should have recorded may be missing from
    // the state too. So the state must at least be readable, and the user is told.
    private async Task SetAsideAsync(string errored, string problem, CancellationToken cancellation)
    {
        if (await StateProblemAsync(cancellation) is { } unreadable)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                TerraformCodes.StatesUnreadable,
                $"Neither the state nor {errored} can be read: {unreadable}; {problem}",
                $"`tfgrid-compose state list {folder.Id}` shows the backups, and `tfgrid-compose state restore N "
                    + $"{folder.Id}` restores one; then run the command again");
        }

        string aside = FileAside.Move(errored, "unreadable");
        events.Emit(new DiagnosticRaised(Diagnostic.Warning(
            TerraformCodes.ErroredStateUnreadable,
            $"An interrupted run left {errored}, which cannot be read ({problem}). It is kept as "
                + $"{aside}, and the state that was stored before is used.",
            "free disk space if the disk is full. The state may lack what that run created: "
                + "`tfgrid-compose leaks` shows such contracts")));
    }

    private async Task<string?> StateProblemAsync(CancellationToken cancellation)
    {
        if (!TerraformState.MustBeAsked(folder))
        {
            return TerraformLook.At(folder).Problem;
        }

        try
        {
            StateText.OfPull(await store.PullAsync(cancellation));
            return null;
        }
        catch (JsonException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Backs up the state.</summary>
    public Task KeepAsync(CancellationToken cancellation) => KeepAsync(Identity, cancellation);

    /// <summary>
    /// The same after a command that may have failed, whose own error is the one to report. Backs up what the command left,
    /// even if it names another deployment.
    /// </summary>
    public async Task KeepChangedAsync(ToolResult result)
    {
        try
        {
            await KeepAsync(identity: null, CancellationToken.None);
        }
        catch (Exception) when (!result.Succeeded)
        {
            events.Emit(new Note("the state after this failure could not be read; the previous backup is kept"));
        }
    }

    private async Task KeepAsync(StateIdentity? identity, CancellationToken cancellation)
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            await PulledAsync(identity, cancellation);
        }
        else if (File.Exists(LocalState.PathIn(folder)))
        {
            string text = PlainFile.ReadText(LocalState.PathIn(folder));
            identity?.Require(text);
            _backups.Take(text);
            if (TerraformState.MustBeAsked(folder))
            {
                await PulledAsync(identity, cancellation);
            }
        }
    }

    private async Task<StateText> PulledAsync(StateIdentity? identity, CancellationToken cancellation)
    {
        string text = await store.PullAsync(cancellation);
        StateText state = store.Read(text);
        identity?.Require(state);
        _backups.Take(text);
        TerraformState.WriteDown(folder, state);
        return state;
    }
}
