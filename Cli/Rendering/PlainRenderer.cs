using System.Globalization;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Shows events as lines, the same on a terminal, in CI and in a log.</summary>
internal sealed class PlainRenderer(TextWriter output, SecretMask mask, NLog.Logger log, bool debug) : IEventSink
{
    private const int QuietAttempts = 8;
    private static readonly string[] AnsibleLines = ["TASK", "fatal"];
    private readonly Lock _gate = new();

    public void Emit(DeploymentEvent deploymentEvent)
    {
        string text = mask.Apply(TextOf(deploymentEvent));
        log.Info(text);
        if (text.Length > 0 && (debug || IsShown(deploymentEvent)))
        {
            lock (_gate)
            {
                output.WriteLine(PlainText.ForTerminal(text));
            }
        }
    }

    // The names of Ansible's tasks show the progress. Its other lines, and the first attempts of a wait, are for --debug and the logs.
    private static bool IsShown(DeploymentEvent deploymentEvent) => deploymentEvent switch
    {
        ToolLine { Source: "ansible" } line => AnsibleLines.Any(start => line.Text.StartsWith(start, StringComparison.Ordinal)),
        WaitAttempt attempt => attempt.Attempt > QuietAttempts,
        PhaseSkipped or HostWorkStarted or HostWorkEnded => false,
        _ => true,
    };

    private static string TextOf(DeploymentEvent deploymentEvent) => deploymentEvent switch
    {
        DeploymentSelected { IsNew: true } selected => $"new deployment {selected.Id}: {Request(selected)}",
        DeploymentSelected selected => $"deployment {selected.Id}: {Request(selected)}",
        PhaseStarted phase => $"> {phase.Phase.Word()}: {phase.Reason}",
        PhaseSkipped phase => $"- {phase.Phase.Word()}: {phase.Reason}",
        PhaseCompleted phase => $"< {phase.Phase.Word()}: done in {Seconds(phase.Duration)}",
        PlanMade made => string.Join('\n', PlanView.InfrastructureLines(made.Plan).Select(line => $"    {line}")),
        PhaseFailed phase =>
            $"! {phase.Phase.Word()}: {(phase.IsCancelled ? "cancelled" : "failed")} after {Seconds(phase.Duration)}",
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

    private static string Request(DeploymentSelected selected) =>
        $"{selected.AppName} with {selected.PatternName} on {selected.Grid}";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
