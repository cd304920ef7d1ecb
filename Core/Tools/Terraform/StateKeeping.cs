using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Backs up and recovers the state of a deployment's Terraform folder, wherever its backend is.</summary>
internal sealed class StateKeeping(DeploymentFolder folder, StateStore store, IEventSink events)
{
    // Terraform writes a state here if it could not store it in its backend.
    private const string ErroredState = "errored.tfstate";

    private readonly StateBackups _backups = new(folder, TimeProvider.System);

    /// <summary>Pulls a state that is not a plain file here, and saves the list of its resources.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (TerraformState.MustBeAsked(folder))
        {
            string state = await store.PullAsync(cancellation);
            _backups.Take(state);
            TerraformState.WriteDown(folder, StateText.OfPull(state));
        }
    }

    /// <summary>
    /// Restores a state that Terraform could not store: after a full disk or a lost backend during an apply, only this
    /// file knows what was created.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        string errored = Path.Combine(folder.Terraform, ErroredState);
        if (!File.Exists(errored))
        {
            return;
        }

        string text = await File.ReadAllTextAsync(errored, cancellation);
        _backups.Take(text);
        await store.PushAsync(text, force: false, cancellation);
        File.Delete(errored);
        events.Emit(new Note($"{errored}, which an interrupted run left, was restored as the state"));
        await LookAsync(cancellation);
    }

    /// <summary>Backs up the state.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            string shared = await store.PullAsync(cancellation);
            _backups.Take(shared);
            TerraformState.WriteDown(folder, StateText.OfPull(shared));
            return;
        }

        string path = Path.Combine(folder.Terraform, TerraformState.FileName);
        if (File.Exists(path))
        {
            _backups.Take(await File.ReadAllTextAsync(path, cancellation));
            await LookAsync(cancellation);
        }
    }

    /// <summary>The same after a command that may have failed: its own error is the one to report.</summary>
    public async Task KeepChangedAsync(ToolResult result)
    {
        try
        {
            await KeepAsync(CancellationToken.None);
        }
        catch (Exception) when (!result.Succeeded)
        {
            events.Emit(new Note("the state after this failure could not be read; the previous backup is kept"));
        }
    }
}
