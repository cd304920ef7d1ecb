using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing;

/// <summary>
/// What holds a shared deployment, for <c>unlock</c>: the record's holder, and Terraform's own locks of both states.
/// Nobody can tell whether another machine's process still runs, so <c>unlock</c> asks the user.
/// </summary>
public sealed class SharedLocks(Surroundings here, LockHolder asker) : ILockSource, IDisposable
{
    private const string Separator = "\n";
    private const string HolderKind = "the shared record's hold";
    private const string TerraformKind = "Terraform's lock of a shared state";

    private LookupFolder? _lookup;

    public void Dispose() => _lookup?.Remove();

    /// <summary>
    /// The same for a place from which this home has no deployment: a machine may have died between its claim and its first
    /// record.
    /// </summary>
    public async Task<IReadOnlyList<FoundLock>> FindAtAsync(BackendPlace place, CancellationToken cancellation)
    {
        _lookup ??= LookupFolder.Create(here.Home, place);
        return await FindInAsync(_lookup.Path, [_lookup.Path], cancellation);
    }

    public async Task<IReadOnlyList<FoundLock>> FindAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        return record.SharedState is null || !BackendFile.IsIn(folder.SharedRecord)
            ? []
            : await FindInAsync(folder.SharedRecord, [folder.SharedRecord, folder.Terraform], cancellation);
    }

    private async Task<IReadOnlyList<FoundLock>> FindInAsync(
        string record, IReadOnlyList<string> states, CancellationToken cancellation)
    {
        BackendSecrets.Mask(here);
        var me = SharedHolder.Of(asker, here.Home);
        var found = new List<FoundLock>();
        foreach (string path in states)
        {
            if (await LockOfAsync(path, cancellation) is { } held)
            {
                found.Add(new FoundLock(
                    TerraformKind,
                    held.Holder,
                    IsAlive: false,
                    Key(path, held.Id),
                    "")
                { IsUnknown = held.IsUnknown || held.Host.Split('.')[0] != me.Host });
            }
        }

        if ((await Record(record).PullAsync(cancellation)).Payload?.Holder is { } holder)
        {
            found.Add(HoldOf(holder, me, record));
        }

        return found;
    }

    /// <summary>A process that still runs on another machine is refused at its next write.</summary>
    public async Task<bool> RemoveAsync(FoundLock found, CancellationToken cancellation)
    {
        string[] key = found.Key.Split(Separator);
        if (found.Kind == TerraformKind)
        {
            await Store(key[0]).ForceUnlockAsync(key[1], cancellation);
            return true;
        }

        RecordState state = Record(key[0]);
        RecordEnvelope now = await state.PullAsync(cancellation);
        return now.Payload is not { Holder: { } holder } payload
            || (holder.ToString() == found.Holder
                && await state.TryPushAsync(now, payload with { Holder = null }, cancellation) is not null);
    }

    internal static FoundLock HoldOf(SharedHolder holder, SharedHolder me, string folder)
    {
        bool isHere = holder.IsSameMachine(me);
        return new FoundLock(
            HolderKind,
            holder.ToString(),
            isHere && !holder.IsDead(me),
            Key(folder, ""),
            "wait until it has ended, or end that process")
        { IsUnknown = !isHere };
    }

    private async Task<LockInfo?> LockOfAsync(string folder, CancellationToken cancellation)
    {
        StateStore store = Store(folder);
        if (folder == _lookup?.Path)
        {
            await store.InitAsync(cancellation);
        }

        string state = await store.PullAsync(cancellation);
        return store.Read(state).IsEmpty ? null : await store.LockAsync(state, cancellation);
    }

    // Terraform's own state has its key in its folder; the record's comes from the environment.
    private StateStore Store(string folder)
    {
        TerraformTool tool = Attachment.Tool(here);
        bool isRecord = folder == _lookup?.Path
            || Path.GetFileName(folder) == Path.GetFileName(new DeploymentFolder("/").SharedRecord);
        string? encryption = isRecord ? RecordState.EncryptionOf(here, tool) : null;
        return new StateStore(folder, tool, TerraformEnvironment.ForState(encryption), here.Runner);
    }

    private RecordState Record(string folder) => RecordState.In(here, folder, folder);

    private static string Key(string folder, string id) => $"{folder}{Separator}{id}";
}
