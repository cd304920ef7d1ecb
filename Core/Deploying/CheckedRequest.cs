using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// What is known before anything is created: the validated request, and an observation of the machines.
/// </summary>
/// <param name="App">The request.</param>
/// <param name="Seen">The observation.</param>
/// <param name="Checks">The recorded checks, which run meanwhile.</param>
/// <param name="StateLineage">The lineage of the Terraform state on this machine, or null.</param>
internal sealed record CheckedRequest(
    ValidatedApp App, Observation Seen, RepeatedChecks Checks, string? StateLineage) : IAsyncDisposable
{
    /// <summary>Whether the state on this machine was lost, and the grid has none of its machines either.</summary>
    public bool StateIsLost { get; private init; }

    /// <summary>Observes the machines while the request is checked. Throws if either fails.</summary>
    public static async Task<CheckedRequest> OfAsync(
        Surroundings here,
        DeploymentRecord? existing,
        EarlyLook look,
        Func<Task<ValidatedApp>> validate,
        CancellationToken cancellation)
    {
        Task<Observation> observation = look.OfAsync(existing);
        ValidatedApp app = await validate();
        app.MaskSecrets(here.Mask);

        // What a command prints may hold secrets, so the checks begin once the log masks them.
        var checks = RepeatedChecks.Start(here, existing, cancellation);
        try
        {
            StateCheck? state =
                existing is null ? null : new StateCheck(here, existing, here.Home.Deployment(existing.Id));
            string? lineage = state is null ? null : await state.RunAsync(cancellation);
            Observation seen = await observation;
            if (existing is not null
                && seen.DoubtsMachines
                && await LocalGridStart.RunAsync(here, GridName.Parse(existing.Grid), cancellation))
            {
                seen = seen.AfterStart();
            }

            return seen.Refusals.Count == 0
                ? new CheckedRequest(app, seen, checks, lineage) { StateIsLost = state?.IsLost == true }
                : throw new DiagnosticException(ExitCode.Verification, seen.Refusals);
        }
        catch
        {
            await checks.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Checks.DisposeAsync();
}
