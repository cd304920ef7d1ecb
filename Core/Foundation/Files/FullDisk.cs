using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Turns a full disk into an expected problem. Nothing is lost: earlier writes are complete.</summary>
public static class FullDisk
{
    /// <summary>The problem to show, or null if the cause is not a full disk.</summary>
    public static DiagnosticException? Of(Exception problem) =>
        Chain(problem).OfType<IOException>().FirstOrDefault(SystemError.IsFullDisk) is { } full
            ? new DiagnosticException(
                ExitCode.Prerequisite,
                [Diagnostic.Error(
                    StateCodes.DiskFull,
                    full.Message,
                    "free some space, then run the same command again: it continues where it stopped")],
                problem)
            : null;

    private static IEnumerable<Exception> Chain(Exception problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
