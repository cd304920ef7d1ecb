using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.Orchestration;

/// <summary>Writes down that something failed. A full disk then must not hide what failed.</summary>
internal static class Recording
{
    /// <summary>The same for other machines: that they cannot be told must not hide it either.</summary>
    public static async Task TryAsync(UpRun run, Func<Task> publish)
    {
        try
        {
            await publish();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            run.Here.Events.Emit(new Note($"this failure could not be shared: {problem.Message}"));
        }
    }

    public static void Try(UpRun run, Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            run.Here.Events.Emit(new Note($"this failure could not be recorded: {problem.Message}"));
        }
    }
}
