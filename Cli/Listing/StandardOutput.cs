using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Blittable imports need no code made at run time then, so that the quick verbs start no compiler.
[assembly: DisableRuntimeMarshalling]

namespace TfgridCompose.Cli.Listing;

/// <summary>Writes to file descriptor 1 without System.Console, whose terminal set-up takes longer than a quick verb.</summary>
internal static unsafe partial class StandardOutput
{
    private const int Descriptor = 1;

    public static bool Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* start = bytes)
            {
                written = Write(Descriptor, start, (nuint)bytes.Length);
            }

            if (written <= 0)
            {
                return false;
            }

            bytes = bytes[(int)written..];
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);
}
