using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// This run's hold on a deployment: its locks on this machine and, if its state is shared, its place in the backend.
/// </summary>
public sealed class DeploymentHold : IAsyncDisposable
{
    private readonly DeploymentGate _gate;

    private DeploymentHold(DeploymentGate gate, SharedSession shared, DeploymentRecord? existing) =>
        (_gate, Shared, Existing) = (gate, shared, existing);

    public SharedSession Shared { get; }

    /// <summary>The newest record, or null if there is no deployment yet.</summary>
    public DeploymentRecord? Existing { get; }

    /// <summary>Holds the deployment that a request is about, which may not exist yet.</summary>
    public static async Task<DeploymentHold> TakeAsync(
        Surroundings here,
        DeploymentLocator locator,
        LockTerms terms,
        AppRequest request,
        CancellationToken cancellation)
    {
        string folder = request.Manifest.AppFolder;
        DeploymentGate gate = await DeploymentGate.OfAppAsync(here.Home, folder, request.Name, terms, cancellation);
        try
        {
            DeploymentRecord? existing = locator.OfApp(folder, request.Name);
            if (existing is not null)
            {
                await gate.AddAsync(existing, cancellation);
            }

            var target = SharedTarget.OfManifest(
                SharedPurpose.Deploy,
                request.Manifest,
                request.Name,
                request.PlaceIn(here),
                existing);
            SharedSession shared = await SharedSession.OpenAsync(here, terms, target, cancellation);
            return await WithNewestAsync(here, gate, shared, cancellation);
        }
        catch
        {
            gate.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Holds a deployment that this machine knows, as <c>down</c> does. Throws if it has ended in the meantime.
    /// </summary>
    public static async Task<DeploymentHold> TakeAsync(
        Surroundings here, LockTerms terms, DeploymentRecord found, CancellationToken cancellation)
    {
        DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);
        try
        {
            DeploymentRecord record = here.Store.Load(found.Id) ?? throw Gone(found);
            var target = SharedTarget.OfRecord(SharedPurpose.UseCopy, record);
            SharedSession shared = await SharedSession.OpenAsync(here, terms, target, cancellation);
            return Held(here, gate, shared, shared.Existing ?? record);
        }
        catch
        {
            gate.Dispose();
            throw;
        }
    }

    /// <summary>Takes the new deployment's own lock too, because the app's folder may move during the run.</summary>
    public Task AddAsync(DeploymentRecord made, CancellationToken cancellation) => _gate.AddAsync(made, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Shared.DisposeAsync();
        _gate.Dispose();
    }

    private static async Task<DeploymentHold> WithNewestAsync(
        Surroundings here, DeploymentGate gate, SharedSession shared, CancellationToken cancellation)
    {
        try
        {
            DeploymentRecord? newest =
                shared.Existing is { } known ? await TunnelRule.EnforceAsync(here, known, cancellation) : null;
            if (newest is not null && shared.Attached)
            {
                await gate.AddAsync(newest, cancellation);
            }

            return Held(here, gate, shared, newest);
        }
        catch
        {
            await shared.DisposeAsync();
            throw;
        }
    }

    // Now no other run works in the deployment's folder.
    private static DeploymentHold Held(Surroundings here, DeploymentGate gate, SharedSession shared, DeploymentRecord? existing)
    {
        if (existing is not null && PlaybookRemains.Clear(here.Home.Deployment(existing.Id)) is { } left)
        {
            here.Events.Emit(new DiagnosticRaised(left));
        }

        return new DeploymentHold(gate, shared, existing);
    }

    private static DiagnosticException Gone(DeploymentRecord record) => new(
        ExitCode.Conflict,
        StateCodes.NotFound,
        $"{record.Name} ({record.Id}) is already gone.",
        "nothing is left to do");
}
