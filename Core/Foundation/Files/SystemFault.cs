using System.ComponentModel;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// Turns what the operating system refuses into an expected problem: a full disk or one that may only be read, too few open files
/// or processes, a missing right. Nothing is lost: earlier writes are complete.
/// </summary>
public static class SystemFault
{
    private const string Again = "then run the same command again: it continues where it stopped";

    /// <summary>The problem to show, or null if the system did not refuse anything.</summary>
    public static DiagnosticException? Of(Exception problem) =>
        Chain(problem).FirstOrDefault(IsOfSystem) is { } cause
            ? new DiagnosticException(ExitCode.Prerequisite, [DiagnosticOf(cause)], problem)
            : null;

    private static Diagnostic DiagnosticOf(Exception cause) => cause switch
    {
        _ when SystemError.IsFullDisk(cause) => Diagnostic.Error(
            StateCodes.DiskFull, cause.Message, $"free some space, {Again}"),
        _ when SystemError.IsReadOnlyDisk(cause) => Diagnostic.Error(
            SystemCodes.ReadOnlyDisk,
            $"{cause.Message}. The disk may only be read.",
            $"mount it for writing (`dmesg` says whether it is broken), {Again}"),
        _ when cause is OutOfMemoryException || SystemError.IsOutOfResources(cause) => Diagnostic.Error(
            SystemCodes.OutOfResources,
            $"This program may not use more: {cause.Message}",
            $"raise the limit (`ulimit -n` for open files, `ulimit -u` for processes, or the memory), {Again}"),
        _ => Diagnostic.Error(
            SystemCodes.Refused,
            $"The operating system refused: {cause.Message}",
            $"mend what it names, for example the rights of a file, {Again}"),
    };

    private static bool IsOfSystem(Exception cause) =>
        cause is IOException or UnauthorizedAccessException or SocketException or Win32Exception or OutOfMemoryException;

    private static IEnumerable<Exception> Chain(Exception problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
