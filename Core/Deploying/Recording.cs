using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;

namespace TfgridCompose.Core.Deploying;

/// <summary>Records a failure. A full disk must not hide the failure itself.</summary>
internal static class Recording
{
    public static void Try(UpRun run, Action write) => Try(run.Here.Events, write);

    /// <summary>The same for the shared record: a failure to publish must not hide the first one either.</summary>
    public static async Task TryAsync(IEventSink events, Func<Task> publish)
    {
        try
        {
            await publish();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            events.Emit(new Note($"this failure could not be shared: {problem.Message}"));
        }
    }

    public static void Try(IEventSink events, Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            events.Emit(new Note($"this failure could not be recorded: {problem.Message}"));
        }
    }
}
