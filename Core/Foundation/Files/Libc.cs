using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Calls of the C library that System.IO does not offer; the numbers are the same on Linux and macOS.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;

    [LibraryImport("libc", EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);
}
