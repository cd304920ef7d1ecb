using System.Globalization;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Shows events as lines: what people read on a terminal, in CI and in a log alike.</summary>
internal sealed class PlainRenderer(TextWriter output, SecretMask mask, NLog.Logger log, bool debug) : IEventSink
{
    private readonly Lock _gate = new();

    public void Emit(DeploymentEvent deploymentEvent)
    {
        string text = mask.Apply(TextOf(deploymentEvent));
        log.Info(text);
        if (text.Length > 0 && (debug || IsShown(deploymentEvent)))
        {
            lock (_gate)
            {
                output.WriteLine(text);
            }
        }
    }

    // A play's task names tell how far it is; the rest of Ansible's and a wait's lines are for --debug and the logs.
    private static bool IsShown(DeploymentEvent deploymentEvent) => deploymentEvent switch
    {
        ToolLine { Source: "ansible" } line =>
            line.Text.StartsWith("TASK", StringComparison.Ordinal) || line.Text.StartsWith("fatal", StringComparison.Ordinal),
        WaitAttempt attempt => attempt.Attempt > 8,
        PhaseSkipped or HostWorkStarted or HostWorkEnded => false,
        _ => true,
    };

    private static string TextOf(DeploymentEvent deploymentEvent) => deploymentEvent switch
    {
        DeploymentSelected selected =>
            $"{(selected.IsNew ? "new deployment" : "deployment")} {selected.Id}: {selected.AppName} with {selected.PatternName} "
                + $"on {selected.Grid}",
        PhaseStarted { Phase: PhaseId.Validate } phase => $"> validate: {phase.Reason}",
        PhaseStarted phase => $"> {phase.Phase.Word()}: {phase.Reason}",
        PhaseSkipped phase => $"- {phase.Phase.Word()}: {phase.Reason}",
        PhaseCompleted phase => $"< {phase.Phase.Word()}: done in {Seconds(phase.Duration)}",
        PlanMade made => string.Join('\n', PlanView.InfrastructureLines(made.Plan).Select(line => $"    {line}")),
        PhaseFailed phase => $"! {phase.Phase.Word()}: failed after {Seconds(phase.Duration)}",
        HostWorkStarted work => $"    > {work.Work} on {work.Host}",
        HostWorkEnded work => $"    < {work.Work} on {work.Host}",
        Note note => $"    {note.Text}",
        ToolLine line => $"    {line.Text.TrimEnd(' ', '*')}",
        HookLine { OneOfSeveral: true } line => $"    {line.Host} {line.Hook}| {line.Text}",
        HookLine line => $"    {line.Hook}| {line.Text}",
        PluginLine line => $"    {line.Plugin} {line.Hook}| {line.Text}",
        WaitAttempt wait => $"    waiting for {wait.Host}, {Seconds(wait.Elapsed)}: {wait.LastReason}",
        DiagnosticRaised raised => DiagnosticText.Of(raised.Diagnostic),
        _ => deploymentEvent.ToString(),
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
