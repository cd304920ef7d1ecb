using System.Runtime.InteropServices;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Writes to a file that is open already, by its number.</summary>
public static unsafe class FileNumber
{
    private const int Interrupted = 4;

    /// <summary>
    /// Returns how many bytes it took: a pipe that does not block takes what it has room for. Throws an
    /// <see cref="IOException"/> with the system's error number.
    /// </summary>
    public static int Write(int file, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            nint written;
            fixed (byte* first = bytes)
            {
                written = Libc.Write(file, first, (nuint)bytes.Length);
            }

            int error = Marshal.GetLastPInvokeError();
            if (written >= 0)
            {
                return (int)written;
            }

            if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }
}
