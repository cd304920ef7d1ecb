using TfgridCompose.Core.Events;
using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.Orchestration;

/// <summary>Writes down that something failed. A full disk then must not hide what failed.</summary>
internal static class Recording
{
    public static void Try(UpRun run, Action write) => Try(run.Here.Events, write);

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
