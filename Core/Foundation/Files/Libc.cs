using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Calls of the C library that System.IO does not offer.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;

    /// <summary>A child process must not inherit the file.</summary>
    public static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    /// <summary>Waits until one of the files can be read, or its writer has gone.</summary>
    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PolledFile* files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    /// <summary>struct pollfd.</summary>
    public struct PolledFile
    {
        public int File;
        public short Asked;
        public short Answer;
    }
}
