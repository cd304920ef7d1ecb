using System.ComponentModel;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// Turns what the operating system refuses into an expected problem: a full or read-only disk, too few open files or
/// processes, a missing right. Nothing is lost: earlier writes are complete.
/// </summary>
public static class SystemFault
{
    // man 3 errno; the kernel keeps all error numbers below it.
    private const int LargestError = 4095;
    private const string Again = "then run the same command again: it continues where it stopped";

    /// <summary>The problem to show, or null if the system did not refuse anything.</summary>
    public static DiagnosticException? Of(Exception problem) =>
        Chain(problem).FirstOrDefault(IsOfSystem) is { } cause
            ? new DiagnosticException(ExitCode.Prerequisite, [DiagnosticOf(cause)], problem)
            : null;

    /// <summary>The problem to show if no program can be started at the moment; null if this one cannot be started at all.</summary>
    public static DiagnosticException? OfStart(Exception problem) =>
        Of(problem) is { Diagnostics: [{ Code: SystemCodes.OutOfResources }] } refused ? refused : null;

    private static Diagnostic DiagnosticOf(Exception cause) => cause switch
    {
        _ when SystemError.IsFullDisk(cause) => Diagnostic.Error(
            StateCodes.DiskFull, cause.Message, $"free some space, {Again}"),
        _ when SystemError.IsReadOnlyDisk(cause) => Diagnostic.Error(
            SystemCodes.ReadOnlyDisk,
            $"{cause.Message}. The file system is read-only.",
            $"mount it for writing (`dmesg` says whether it is broken), {Again}"),
        _ when cause is OutOfMemoryException || SystemError.IsOutOfResources(cause) => Diagnostic.Error(
            SystemCodes.OutOfResources,
            $"A resource limit was reached: {cause.Message}",
            $"raise the limit (`ulimit -n` for open files, `ulimit -u` for processes, or the memory), {Again}"),
        _ => Diagnostic.Error(
            SystemCodes.Refused,
            $"The operating system refused: {cause.Message}",
            $"fix the cause named above, for example the rights of a file, {Again}"),
    };

    // Our own parsers and the runtime's loader throw an IOException, too, and a wrong length an OutOfMemoryException.
    private static bool IsOfSystem(Exception cause) => cause switch
    {
        FileNotFoundException missing => IsPathOfFile(missing.FileName),
        DirectoryNotFoundException or PathTooLongException or UnauthorizedAccessException or SpecialFileException => true,
        IOException => cause.HResult is > 0 and <= LargestError,
        // The library that starts programs wraps the system's error in one that has no number of its own.
        Win32Exception => cause.InnerException is not Win32Exception,
        OutOfMemoryException => !cause.Message.StartsWith("Array dimensions", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsPathOfFile(string? name) =>
        Path.IsPathRooted(name) && !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Exception> Chain(Exception problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
