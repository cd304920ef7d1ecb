using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>Checks that the deployment answers: what the pattern says must, and what the app's manifest says.</summary>
public sealed class VerifyPhase : IPhase
{
    public PhaseId Id => PhaseId.Verify;

    public IReadOnlyList<PhaseId> RunsAfter =>
        [PhaseId.Infrastructure, PhaseId.Network, PhaseId.Wait, PhaseId.Platform, PhaseId.Application];

    public string Inputs(UpRun run) =>
        Fingerprint.Of(run.Facts() is { } facts ? ChecksOf(run, facts).Select(CheckRunner.Describe) : []);

    public IReadOnlyList<InputPart> Parts(UpRun run) => run.Facts() is not { } facts ? [] :
    [
        InputPart.Setting("status", AppChecksOf(run, facts).Select(CheckRunner.Describe)),
        InputPart.Setting(
            $"the checks of {run.App.PatternName}", run.App.Pattern.Verification(facts).Select(CheckRunner.Describe)),
    ];

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        IReadOnlyList<VerificationCheck> checks = ChecksOf(run, run.RequireFacts());
        var runner = new CheckRunner(run.Here.Runner, run.Here.Clock, CheckRunner.DefaultLimit)
        {
            Dial = run.Here.Dial,
            OnWaiting = text => run.Here.Events.Emit(new Note(text)),
        };
        IReadOnlyList<Diagnostic> failures = await runner.RunAsync(checks, run.Record, run.Folder, cancellation);
        if (failures.Count > 0)
        {
            throw new DiagnosticException(ExitCode.Verification, failures);
        }

        run.Update(record => record with { Checks = [.. checks.Select(RecordedCheck.Of).OfType<RecordedCheck>()] });
        run.Here.Events.Emit(new Note($"passed: {string.Join(", ", checks.Select(CheckRunner.Describe))}"));
    }

    private static IReadOnlyList<VerificationCheck> ChecksOf(UpRun run, DeploymentFacts facts) =>
        [.. run.App.Pattern.Verification(facts), .. AppChecksOf(run, facts)];

    private static IReadOnlyList<VerificationCheck> AppChecksOf(UpRun run, DeploymentFacts facts) =>
        run.App.AppChecks([.. run.AppHosts().Select(host => host.Name)], facts);
}
