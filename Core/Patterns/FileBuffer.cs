using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Core.Patterns;

/// <summary>Reads one file after the other into the same memory: a listing of a hundred plugins reads three hundred.</summary>
internal sealed class FileBuffer
{
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>The file's content, until the next call.</summary>
    public ReadOnlySpan<byte> Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        if (length > Array.MaxLength)
        {
            throw new IOException($"{path} holds {length} bytes");
        }

        if (length > _bytes.Length)
        {
            _bytes = new byte[length];
        }

        int read = 0;
        while (read < length && RandomAccess.Read(file, _bytes.AsSpan(read, (int)length - read), read) is > 0 and var more)
        {
            read += more;
        }

        return _bytes.AsSpan(0, read);
    }
}
