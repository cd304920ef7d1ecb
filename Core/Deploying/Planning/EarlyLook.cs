using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// A look at the machines that begins before the manifest is read and the deployment is held. It counts only if the
/// record is still the same then.
/// </summary>
public sealed class EarlyLook : IAsyncDisposable
{
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(3);
    private readonly Surroundings _here;
    private readonly CancellationTokenSource _end;
    private readonly Task<Begun?> _begun;

    private EarlyLook(Surroundings here, string appFolder, CancellationTokenSource end)
    {
        (_here, _end) = (here, end);
        _begun = Task.Run(() => Begin(appFolder));
    }

    public static EarlyLook Start(Surroundings here, string appFolder, CancellationToken cancellation) =>
        new(here, appFolder, CancellationTokenSource.CreateLinkedTokenSource(cancellation));

    /// <summary>What was seen of the machines; <paramref name="held"/> is null if there is no deployment yet.</summary>
    public async Task<Observation> OfAsync(DeploymentRecord? held)
    {
        if (held is null)
        {
            return Observation.Nothing;
        }

        return await (await _begun is { } begun && Counts(begun, held) ? begun.Seen : LookAsync(held));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (await _begun is { } begun)
        {
            // The result is no longer needed.
            await ((Task)begun.Seen).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _end.Dispose();
    }

    private Begun? Begin(string appFolder)
    {
        try
        {
            DeploymentRecord? record = new AppLink(_here.Home, appFolder).Id is { } id ? _here.Store.Load(id) : null;
            return record is { Status: DeploymentStatus.Running }
                ? new Begun(record, _here.Clock.GetTimestamp(), LookAsync(record))
                : null;
        }
        catch (Exception problem) when (problem is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            // The record is read again under the lock, which reports the problem.
            return null;
        }
    }

    // If the run had to wait for the deployment, another run may have written a journal, or a machine may have died.
    private bool Counts(Begun begun, DeploymentRecord held) => begun.Record.Id == held.Id
        && begun.Record.UpdatedAt == held.UpdatedAt
        && _here.Clock.GetElapsedTime(begun.At) < Youth;

    private Task<Observation> LookAsync(DeploymentRecord record) =>
        Observation.OfAsync(record, _here.Home.Deployment(record.Id), _here.Runner, _here.Dial, _end.Token);

    private sealed record Begun(DeploymentRecord Record, long At, Task<Observation> Seen);
}
