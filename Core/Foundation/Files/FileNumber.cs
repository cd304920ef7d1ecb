using System.Runtime.InteropServices;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Writes to an open file by its file descriptor.</summary>
public static unsafe class FileNumber
{
    private const int Interrupted = 4;

    /// <summary>
    /// Returns how many bytes were written: a non-blocking pipe takes only what it has room for. Throws an <see
    /// cref="IOException"/> with the system's error number.
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
