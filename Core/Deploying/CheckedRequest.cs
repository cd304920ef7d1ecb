using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// What is known before anything is created: the validated request, and an observation of the machines.
/// </summary>
internal sealed record CheckedRequest(ValidatedApp App, Observation Seen)
{
    /// <summary>Observes the machines while the request is checked. Throws if either fails.</summary>
    public static async Task<CheckedRequest> OfAsync(
        Surroundings here,
        DeploymentRecord? existing,
        Func<Task<ValidatedApp>> validate,
        CancellationToken cancellation)
    {
        Task<Observation> observation = existing is null
            ? Task.FromResult(Observation.Nothing)
            : Observation.OfAsync(existing, here.Home.Deployment(existing.Id), here.Runner, cancellation);
        ValidatedApp app = await validate();
        app.MaskSecrets(here.Mask);
        Observation seen = await observation;
        return seen.Refusals.Count == 0
            ? new(app, seen)
            : throw new DiagnosticException(ExitCode.Verification, seen.Refusals);
    }
}
