using TfgridCompose.Core.Foundation.Events;

namespace TfgridCompose.Core.Tests.Plugins.Lifecycle;

internal sealed class RecordedEvents : IEventSink
{
    private readonly List<DeploymentEvent> _events = [];

    public IReadOnlyList<DeploymentEvent> All
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<string> Lines => [.. All.OfType<PluginLine>().Select(line => $"{line.Plugin} {line.Hook}: {line.Text}")];

    public IReadOnlyList<string> Warnings =>
        [.. All.OfType<DiagnosticRaised>().Select(raised => $"{raised.Diagnostic.Severity} {raised.Diagnostic.Code}")];

    public void Emit(DeploymentEvent deploymentEvent)
    {
        lock (_events)
        {
            _events.Add(deploymentEvent);
        }
    }
}
