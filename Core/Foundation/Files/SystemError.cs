namespace TfgridCompose.Core.Foundation.Files;

/// <summary>The operating system's reason for a failed read or write. .NET keeps its error number in HResult.</summary>
public static class SystemError
{
    private const int InputOutput = 5;
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;
    private static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;
    private static readonly int OverQuota = OperatingSystem.IsMacOS() ? 69 : 122;

    /// <summary>EAGAIN: the file is locked by another process, or the pipe is full (man 2 flock, write).</summary>
    public static bool IsAgain(IOException problem) => problem.HResult == Again;

    /// <summary>EPIPE: the reader of a pipe has gone.</summary>
    public static bool IsBrokenPipe(Exception problem) => problem.HResult == BrokenPipe;

    /// <summary>EIO: a terminal has gone, or a disk is broken.</summary>
    public static bool IsInputOutput(IOException problem) => problem.HResult == InputOutput;

    /// <summary>ENOSPC or EDQUOT.</summary>
    public static bool IsFullDisk(IOException problem) => problem.HResult == NoSpace || problem.HResult == OverQuota;
}
