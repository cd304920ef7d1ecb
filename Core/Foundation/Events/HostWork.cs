namespace TfgridCompose.Core.Foundation.Events;

/// <summary>Emits an event when work on a host begins, and another one on dispose.</summary>
internal sealed class HostWork : IDisposable
{
    private readonly IEventSink _events;
    private readonly string _work;
    private readonly string _host;

    public HostWork(IEventSink events, string work, string host)
    {
        (_events, _work, _host) = (events, work, host);
        events.Emit(new HostWorkStarted(work, host));
    }

    public void Dispose() => _events.Emit(new HostWorkEnded(_work, _host));
}
