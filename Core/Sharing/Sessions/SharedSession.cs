using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;

namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>
/// One verb's work on a deployment that several machines share: it fetches the newest record, holds it, publishes each
/// change, and releases it when disposed. It does nothing if the state is on this machine only.
/// </summary>
public sealed class SharedSession : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly RecordEnvelope Nothing = new("", 0, null);

    private readonly Surroundings _here;
    private readonly Lazy<SharedHolder> _asker;
    private readonly SharedTarget _target;
    private readonly TimeSpan _timeout;
    private RecordState? _state;
    private RecordEnvelope _last = Nothing;
    private LookupFolder? _lookup;
    private string? _id;
    private bool _holds;

    private SharedSession(Surroundings here, LockTerms terms, SharedTarget target)
    {
        (_here, _timeout, _target) = (here, terms.Timeout, target);
        _asker = new(() => SharedHolder.Of(terms.Holder(), here.Home));
    }

    /// <summary>The deployment's record as it is now, or null if there is none.</summary>
    public DeploymentRecord? Existing { get; private set; }

    /// <summary>Set if another machine destroyed or moved the deployment; only this machine's copy is left.</summary>
    public SharedEnd? Ended { get; private set; }

    /// <summary>Whether <see cref="Existing"/> came to this machine just now.</summary>
    public bool Attached { get; private set; }

    public bool IsShared => _state is not null;

    private SharedHolder Me => _asker.Value;

    private SharedHolder? Holder => _last.Payload?.Holder;

    private IReadOnlyList<SharedEnd> Ends => _last.Payload?.Ends() ?? [];

    /// <summary>Fetches the record, and refuses where another machine works on it. Nothing is written yet.</summary>
    public static async Task<SharedSession> OpenAsync(
        Surroundings here, LockTerms terms, SharedTarget target, CancellationToken cancellation)
    {
        var session = new SharedSession(here, terms, target) { Existing = target.Existing };
        await session.FetchAsync(cancellation);
        if (target.Purpose != SharedPurpose.Attach)
        {
            await session.WaitUntilFreeAsync(cancellation);
        }

        return session;
    }

    /// <summary>Records in the backend that this verb works on the deployment. Throws if the record has changed.</summary>
    public async Task HoldAsync(CancellationToken cancellation)
    {
        if (_state is null || _holds)
        {
            return;
        }

        if (Holder is { } holder)
        {
            _here.Events.Emit(holder.IsDead(Me)
                ? new Note($"taking over from {holder}, which is no longer running")
                : throw Held(holder));
        }

        SharedPayload claimed =
            _last.Payload is { Ended: null } payload ? payload : new SharedPayload { Former = Ends };
        _last = await _state.TryPushAsync(_last, claimed with { Holder = Me }, cancellation)
            ?? throw await LostAsync(cancellation);
        _state.Know(_last);
        _holds = true;
    }

    /// <summary>Writes a deployment that was just created, or is shared for the first time, to the backend.</summary>
    public async Task<DeploymentRecord> BeginAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        if (_target.Place is not { } place || _state is null)
        {
            return record;
        }

        DeploymentFolder folder = _here.Home.Deployment(record.Id);
        Attachment.WriteBackend(folder, place);
        _id = record.Id;
        _state = StateIn(folder.SharedRecord);
        DeploymentRecord shared = _here.Store.Save(record with
        {
            SharedState = new RecordedBackend(place.Kind, place.Location, place.RemoveCommand),
        });
        await HoldAsync(cancellation);
        await PublishAsync(cancellation);
        DropLookup();
        return shared;
    }

    /// <summary>
    /// Writes this machine's record to the backend. A backend that does not answer is only a warning.
    /// </summary>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        if (_holds)
        {
            await WriteAsync(Me, cancellation);
        }
    }

    /// <summary>Records a proven destroy or a move, so that other machines learn that nothing is left here.</summary>
    public async Task EndAsync(string? movedTo, CancellationToken cancellation)
    {
        if (_state is null || !_holds || _id is null)
        {
            return;
        }

        var end = new SharedEnd(_id, _here.Clock.GetUtcNow(), $"{Me.User} on {Me.Host}", movedTo);
        _last = await PushAsync(_state, new SharedPayload { Ended = end, Former = Ends }, cancellation)
            ?? throw await LostAsync(cancellation);
        _holds = false;
    }

    /// <summary>Withdraws a deployment that was begun but never created, so that its place is free again.</summary>
    public async Task WithdrawAsync()
    {
        if (_state is { } state && _holds)
        {
            var none = new SharedPayload { Former = Ends };
            await SharedProblems.AttemptAsync(
                _here, _target.Name, () => PushAsync(state, none, CancellationToken.None));
            _holds = false;
        }
    }

    /// <summary>Publishes the record a last time, and releases it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_holds)
        {
            await SharedProblems.AttemptAsync(
                _here, _target.Name, () => WriteAsync(holder: null, CancellationToken.None));
            _holds = false;
        }

        DropLookup();
    }

    private Task FetchAsync(CancellationToken cancellation) => (Existing, _target.Place) switch
    {
        ({ } known, _) => FetchKnownAsync(known, cancellation),
        (null, { } place) => LookUpAsync(place, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task FetchKnownAsync(DeploymentRecord known, CancellationToken cancellation)
    {
        _target.RequireSamePlace(known);
        if (known.SharedState is null)
        {
            return;
        }

        DeploymentFolder folder = _here.Home.Deployment(known.Id);
        if (_target.Place is { } place)
        {
            Attachment.WriteBackend(folder, place);
        }

        _id = known.Id;
        _state = StateIn(_target.RecordFolder ?? folder.SharedRecord);
        _last = await _state.PullAsync(cancellation);
        await JudgeAsync(known, cancellation);
    }

    private async Task JudgeAsync(DeploymentRecord known, CancellationToken cancellation)
    {
        SharedPayload? payload = _last.Payload;
        Ended = payload?.EndOf(known.Id);
        if (payload is null)
        {
            _here.Events.Emit(_target.WithoutRecord(known));
        }

        if (Ended is null && payload?.Record is { } shared && _state is { } state)
        {
            Existing = shared.Id != known.Id
                ? throw SharedProblems.Other(known, shared)
                : await new CopyRefresh(_here, Me).RunAsync(state, _last, known, _target.AppFolder, cancellation);
        }

        if (Ended is { } ended && _target.HasManifest)
        {
            throw SharedProblems.Ended(known, ended);
        }
    }

    private async Task LookUpAsync(BackendPlace place, CancellationToken cancellation)
    {
        _lookup = LookupFolder.Create(_here.Home, place);
        _state = StateIn(_lookup.Path);
        _last = await _state.PullAsync(cancellation);
        if (_last.Payload is { Record: { } shared } payload)
        {
            _target.RequireMeant(place, shared);
            _target.RequireOneFolder(_here.Store.Load(shared.Id));
            _id = shared.Id;
            Existing = await new Attachment(_here, Me.Host)
                .MakeAsync(payload, shared, place, _target.AppFolder, cancellation);
            Attached = true;
            _state = StateIn(_here.Home.Deployment(shared.Id).SharedRecord);
            _state.Know(_last);
            DropLookup();
        }
    }

    private async Task WaitUntilFreeAsync(CancellationToken cancellation)
    {
        long started = _here.Clock.GetTimestamp();
        while (_state is not null && Ended is null && Holder is { } holder && !holder.IsDead(Me))
        {
            if (_here.Clock.GetElapsedTime(started) >= _timeout)
            {
                throw Held(holder);
            }

            _here.Events.Emit(new Note($"waiting for {holder}"));
            await Task.Delay(Pause, _here.Clock, cancellation);
            await FetchAsync(cancellation);
        }
    }

    private async Task WriteAsync(SharedHolder? holder, CancellationToken cancellation)
    {
        try
        {
            RecordEnvelope? written = _state is null
                ? null
                : await PushAsync(_state, SharedPayloads.Of(_here, _id, holder) with { Former = Ends }, cancellation);
            if (written is null)
            {
                _holds = false;
                throw await LostAsync(cancellation);
            }

            _last = written;
            _state?.Know(written);
        }
        catch (DiagnosticException problem) when (SharedProblems.MayPass(problem))
        {
            _here.Events.Emit(new DiagnosticRaised(SharedProblems.NotPublished(_target.Name, problem)));
        }
    }

    private Task<RecordEnvelope?> PushAsync(RecordState state, SharedPayload payload, CancellationToken cancellation) =>
        state.TryPushAsync(_last, payload, Me, cancellation);

    private async Task<DiagnosticException> LostAsync(CancellationToken cancellation)
    {
        RecordEnvelope now = _state is null ? Nothing : await _state.PullAsync(cancellation);
        return now.Payload?.Holder is { } winner && !winner.IsDead(Me)
            ? Held(winner)
            : SharedProblems.ChangedMeanwhile(_target.Name, now.Payload?.Ended?.By);
    }

    private DiagnosticException Held(SharedHolder holder) =>
        SharedProblems.Held(holder, _target.Name, _id ?? _target.Name);

    private RecordState StateIn(string folder) =>
        RecordState.In(_here, folder, _target.Place?.Location ?? Existing?.SharedState?.Location ?? _target.Name);

    private void DropLookup()
    {
        _lookup?.Remove();
        _lookup = null;
    }
}
