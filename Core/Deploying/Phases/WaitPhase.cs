using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>
/// Waits until every machine lets us log in, all at once, then runs the steps that the last apply left for now.
/// </summary>
public sealed class WaitPhase : IPhase
{
    public PhaseId Id => PhaseId.Wait;

    public IReadOnlyList<PhaseId> RunsAfter => [PhaseId.Infrastructure, PhaseId.Network];

    public string Inputs(UpRun run) => Fingerprint.Of(
        run.Record.Hosts.SelectMany(host => host.Addresses.Select(address => address.Ip).Prepend(host.Name)));

    public IReadOnlyList<InputPart> Parts(UpRun run) => [.. SharedParts.Addresses(run)];

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        var wait = new SshWait(run.Here.Runner, run.Here.Events, run.Here.Clock, run.Request.WaitLimit) { Dial = run.Here.Dial };
        try
        {
            string[] addresses = await Task.WhenAll(
                run.Record.Hosts.Select(host => wait.ForAsync(run.Record, run.Folder, host, cancellation)));
            run.Update(record => record with
            {
                Hosts = [.. record.Hosts.Select((host, i) => host with { SshAddress = addresses[i] })],
                Replacing = [],
            });
        }
        catch (DiagnosticException) when (run.Request.Debug)
        {
            foreach (string line in await new NetworkDiagnosis(run.Here.Runner) { Dial = run.Here.Dial }
                .OfAsync(run.Record, CancellationToken.None))
            {
                run.Here.Events.Emit(new Note(line));
            }

            throw;
        }

        if (run.Record.PendingSteps.Count > 0)
        {
            await TransitionSteps.RunAsync(run, run.Record.PendingSteps, cancellation);
            run.Update(record => record with { PendingSteps = [] });
        }
    }
}
