using System.Runtime.InteropServices;

namespace TfgridCompose.Cli;

internal static partial class Umask
{
    public const uint OwnerOnly = 0x3F; // octal 077

    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Set(uint mask);
}
