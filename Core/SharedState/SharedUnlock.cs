using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.SharedState;

/// <summary>What holds a shared deployment, for <c>unlock</c>: the record's holder, and Terraform's own locks of both states.</summary>
public sealed class SharedUnlock(Surroundings here, DeploymentRecord record)
{
    private readonly DeploymentFolder _folder = here.Home.Deployment(record.Id);

    /// <summary>One line for each; none: nothing holds it.</summary>
    public async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellation)
    {
        if (record.SharedState is null)
        {
            return [];
        }

        SharedHolder? holder = (await Record().PullAsync(cancellation)).Payload?.Holder;
        var locks = new[] { await LockOfAsync(_folder.Terraform, cancellation), await LockOfAsync(_folder.SharedRecord, cancellation) }.OfType<LockInfo>();
        return [.. holder is null ? Array.Empty<string>() : [holder.ToString()], .. locks.Select(held => $"Terraform's lock {held.Id} of {held.Who}, since {held.Created}")];
    }

    /// <summary>Takes all of them away. Whoever still works there is refused at its next write.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (string folder in new[] { _folder.SharedRecord, _folder.Terraform })
        {
            if (await LockOfAsync(folder, cancellation) is { } held)
            {
                await Store(folder).ForceUnlockAsync(held.Id, cancellation);
            }
        }

        RecordState state = Record();
        RecordEnvelope now = await state.PullAsync(cancellation);
        if (now.Payload is { Holder: not null } payload && await state.TryPushAsync(now, payload with { Holder = null }, cancellation) is null)
        {
            throw SharedProblems.ChangedMeanwhile(record.Name, null);
        }
    }

    // Terraform says who holds a lock to whoever asks for it: writing the same state again changes nothing.
    private async Task<LockInfo?> LockOfAsync(string folder, CancellationToken cancellation)
    {
        StateStore store = Store(folder);
        string state = await store.PullAsync(cancellation);
        if (StateText.OfPull(state).IsEmpty)
        {
            return null;
        }

        ToolResult result = await store.TryPushAsync(state, force: false, cancellation);
        return result.Succeeded ? null : LockInfo.In(string.Join('\n', result.LastErrorLines));
    }

    // Terraform's own state has its key in its folder; the record's comes from the environment.
    private StateStore Store(string folder)
    {
        TerraformTool tool = Attachment.Tool(here);
        string? encryption = folder == _folder.SharedRecord ? RecordState.EncryptionOf(here, tool) : null;
        return new StateStore(folder, tool, TerraformEnvironment.ForState(encryption), here.Runner) { LockWait = "0s" };
    }

    private RecordState Record() => RecordState.In(here, _folder.SharedRecord, record.SharedState?.Location ?? record.Name);
}
