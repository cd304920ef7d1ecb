using System.Text;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// Reads one file after the other into the same memory, without the handles and locks of System.IO: their first use
/// takes longer than a whole listing, and a hundred plugins have three hundred files.
/// </summary>
internal sealed unsafe class FileBuffer
{
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>The file's content, until the next call; false: there is no such file. Throws what System.IO throws.</summary>
    public bool TryRead(string path, out ReadOnlySpan<byte> content)
    {
        int file = Open(path);
        int length = file < 0 ? -1 : Fill(file);
        if (file >= 0)
        {
            _ = Libc.Close(file);
        }

        content = length < 0 ? default : _bytes.AsSpan(0, length);
        if (length < 0 && File.Exists(path))
        {
            // Whatever it was, System.IO says it in its own words.
            content = File.ReadAllBytes(path);
            return true;
        }

        return length >= 0;
    }

    private static int Open(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return Libc.Open(name, Libc.ReadOnly);
        }
    }

    private int Fill(int file)
    {
        int length = 0;
        while (true)
        {
            nint read;
            fixed (byte* bytes = _bytes)
            {
                read = Libc.Read(file, bytes + length, (nuint)(_bytes.Length - length));
            }

            if (read < 0)
            {
                return -1;
            }

            // A file gives all that is asked for until its end.
            length += (int)read;
            if (length < _bytes.Length)
            {
                return length;
            }

            Array.Resize(ref _bytes, checked(2 * length));
        }
    }
}
