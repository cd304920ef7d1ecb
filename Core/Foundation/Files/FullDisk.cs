using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>A disk without room is no bug of ours, and nothing is lost: what was written before is whole.</summary>
public static class FullDisk
{
    // .NET keeps errno in HResult: ENOSPC, and EDQUOT of Linux and macOS.
    private static readonly int[] s_full = [28, 122, 69];

    /// <summary>The problem as people should see it, or null where it is another one.</summary>
    public static DiagnosticException? Of(Exception problem) => Chain(problem).OfType<IOException>().FirstOrDefault(cause => s_full.Contains(cause.HResult)) is { } full
        ? new DiagnosticException(
            ExitCode.Prerequisite, [Diagnostic.Error(StateCodes.DiskFull, full.Message, "free some space, then run the same command again: it goes on where it stopped")], problem)
        : null;

    private static IEnumerable<Exception> Chain(Exception problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
