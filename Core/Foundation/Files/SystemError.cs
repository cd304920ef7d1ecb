using System.ComponentModel;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>The operating system's reason for a failed call. .NET keeps its error number in HResult.</summary>
public static class SystemError
{
    private const int InputOutput = 5;
    private const int NoMemory = 12;
    private const int TooManyFilesInAll = 23;
    private const int TooManyFiles = 24;
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;
    private static readonly int OverQuota = OperatingSystem.IsMacOS() ? 69 : 122;

    /// <summary>EAGAIN: the file is locked by another process, or the pipe is full (man 2 flock, write).</summary>
    public static bool IsAgain(IOException problem) => problem.HResult == Again;

    /// <summary>EPIPE: the reader of a pipe has gone.</summary>
    public static bool IsBrokenPipe(Exception problem) => problem.HResult == BrokenPipe;

    /// <summary>EIO: a terminal has gone, or a disk is broken.</summary>
    public static bool IsInputOutput(Exception problem) => problem.HResult == InputOutput;

    /// <summary>ENOSPC or EDQUOT.</summary>
    public static bool IsFullDisk(Exception problem) => NumberOf(problem) is { } error && (error == NoSpace || error == OverQuota);

    /// <summary>EROFS.</summary>
    public static bool IsReadOnlyDisk(Exception problem) => NumberOf(problem) == ReadOnly;

    /// <summary>EMFILE, ENFILE, ENOMEM; and EAGAIN if a program could not be started (man 2 fork).</summary>
    public static bool IsOutOfResources(Exception problem) =>
        NumberOf(problem) is TooManyFiles or TooManyFilesInAll or NoMemory
            || (problem is Win32Exception && NumberOf(problem) == Again);

    private static int? NumberOf(Exception problem) => problem switch
    {
        IOException => problem.HResult,
        Win32Exception system => system.NativeErrorCode,
        _ => null,
    };
}
