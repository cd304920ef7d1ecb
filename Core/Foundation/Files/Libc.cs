using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Blittable imports need no code made at run time then, so that a listing starts no compiler.
[assembly: DisableRuntimeMarshalling]

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// The few calls of the C library that a listing makes; their numbers are the same on Linux and macOS where nothing
/// else is said.
/// </summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int FromStart = 0;
    public const int FromCurrentFolder = -100;
    public const uint LinkCount = 4;

    [LibraryImport("libc", EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int file, byte* bytes, nuint count);

    /// <summary>Linux alone; the answer has the same layout on every processor.</summary>
    [LibraryImport("libc", EntryPoint = "statx")]
    public static partial int Status(int folder, byte* path, int flags, uint wanted, uint* status);

    [LibraryImport("libc", EntryPoint = "lseek")]
    public static partial nint Seek(int file, nint offset, int whence);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "opendir")]
    public static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    public static partial byte* NextEntry(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseFolder(nint folder);
}
