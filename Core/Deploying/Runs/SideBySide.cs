using System.Runtime.ExceptionServices;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>
/// Waits for tasks that run at once; what failed is reported together, so that one run shows all of it.
/// </summary>
internal static class SideBySide
{
    public static async Task RunAsync(IEnumerable<Task> tasks)
    {
        Task[] all = [.. tasks];
        try
        {
            await Task.WhenAll(all);
        }
        catch (DiagnosticException first) when (all.Count(task => !task.IsCompletedSuccessfully) > 1)
        {
            Exception[] failures =
            [
                .. all.Select(task => task.Exception?.InnerException
                    ?? (task.IsCanceled ? new OperationCanceledException() : null)).OfType<Exception>(),
            ];
            DiagnosticException[] problems = [.. failures.OfType<DiagnosticException>()];
            if (problems.Length < failures.Length)
            {
                // A bug or a cancellation is not hidden behind an expected problem.
                ExceptionDispatchInfo.Throw(failures.First(failure => failure is not DiagnosticException));
            }

            throw new DiagnosticException(
                first.ExitCode, [.. problems.SelectMany(problem => problem.Diagnostics)], first);
        }
    }
}
