using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// A node starts its machines when it starts. The local grid's nodes have nothing that runs, so the first look at a deployment
/// after a reboot of this computer starts them.
/// </summary>
public static class LocalGridStart
{
    /// <summary>Returns whether machines were started. Without the local grid there is nothing to start.</summary>
    public static async Task<bool> RunAsync(Surroundings here, GridName grid, CancellationToken cancellation)
    {
        if (!grid.IsLocal || !ExecutablePath.IsExecutable(here.LocalGridPath))
        {
            return false;
        }

        try
        {
            IReadOnlyList<string> started = await new LocalGridProgram(here.LocalGridPath, here.Runner).StartAsync(cancellation);
            if (started.Count > 0)
            {
                here.Events.Emit(new Note(
                    $"machines of the local grid start again after a restart of this computer: {string.Join(", ", started)}"));
            }

            return started.Count > 0;
        }
        catch (DiagnosticException problem)
        {
            here.Events.Emit(new Note($"machines of the local grid did not all start again: {problem.Message}"));
            return false;
        }
    }
}
