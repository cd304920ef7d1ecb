using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>Records that the deployment runs, and where.</summary>
public sealed class FinalizePhase : IPhase
{
    public PhaseId Id => PhaseId.Finalize;

    public IReadOnlyList<PhaseId> RunsAfter =>
        [PhaseId.Infrastructure, PhaseId.Network, PhaseId.Wait, PhaseId.Platform, PhaseId.Application, PhaseId.Verify];

    public string Inputs(UpRun run) => Fingerprint.Of(
        run.Facts() is { } facts
            ? run.App.Pattern.Endpoints(facts).Select(endpoint => endpoint.Url).Concat(AppHostsOf(run))
                .Append(run.App.Manifest.Logs?.Service ?? "")
                .Append(run.App.Manifest.Logs?.Location ?? "")
                .Concat(run.App.RecordedCommands.SelectMany(Words))
            : []);

    public IReadOnlyList<InputPart> Parts(UpRun run) => run.Facts() is not { } facts ? [] :
    [
        InputPart.Setting("endpoints", run.App.Pattern.Endpoints(facts).Select(endpoint => endpoint.Url)),
        InputPart.Setting("the app's machines", AppHostsOf(run)),
        InputPart.Setting("logging.service", run.App.Manifest.Logs?.Service ?? ""),
        InputPart.Setting("logging.location", run.App.Manifest.Logs?.Location ?? ""),
        InputPart.Setting($"the commands of {run.App.PatternName}", run.App.RecordedCommands.SelectMany(Words)),
    ];

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        DeploymentFacts facts = run.RequireFacts();
        run.Update(record => record with
        {
            Status = DeploymentStatus.Running,
            Endpoints =
            [
                .. run.App.Pattern.Endpoints(facts)
                    .Select(endpoint => new RecordedEndpoint(endpoint.Name, endpoint.Url)),
            ],
            AppHosts = AppHostsOf(run),
            Commands = run.App.RecordedCommands,
        });
        await SayAsync(run, cancellation);
    }

    // Shows the same as `status`: a missing certificate, for example, must not go unnoticed until somebody asks.
    private static async Task SayAsync(UpRun run, CancellationToken cancellation)
    {
        RecordedHost[] hosts =
        [
            .. run.Record.Commands.Where(command => command.InStatus)
                .Select(command => command.HostIn(run.Record))
                .OfType<RecordedHost>()
                .Distinct(),
        ];
        var commands = new StatusCommands(run.Here.Runner);
        IReadOnlyList<(SeenCommand Seen, string? Problem)>[] answers =
            await Task.WhenAll(hosts.Select(host => commands.OnAsync(run.Record, host, run.Folder, cancellation)));
        foreach ((SeenCommand seen, string? problem) in answers.SelectMany(each => each))
        {
            foreach (string line in seen.Lines.Concat(problem is null ? [] : [problem]))
            {
                run.Here.Events.Emit(new Note($"{seen.Name}: {line}"));
            }
        }
    }

    private static IReadOnlyList<string> AppHostsOf(UpRun run) => [.. run.AppHosts().Select(host => host.Name)];

    private static IEnumerable<string> Words(RecordedCommand command) =>
        [
            command.Name,
            command.Description,
            command.Role,
            command.InStatus ? "in status" : "",
            ShellQuote.Words(command.Command),
        ];
}
