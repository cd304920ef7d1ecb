using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Records.Index;

/// <summary>
/// The lines of the file through one small buffer, by the C library: fresh memory for ten thousand lines costs more
/// than reading them twice. The file is replaced and never changed, so what is open stays as it was.
/// </summary>
public sealed unsafe class IndexFile : IIndexLines, IDisposable
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private readonly int _file;
    private int _start;
    private int _end;

    private IndexFile(int file) => _file = file;

    /// <summary>The file ends in the midst of a line, or one is longer than any of ours.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Null: there is no such file.</summary>
    public static IndexFile? Open(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            int file = Libc.Open(name, Libc.ReadOnly);
            return file < 0 ? null : new IndexFile(file);
        }
    }

    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        int length = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        while (length < 0 && Fill())
        {
            length = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        }

        line = length < 0 ? default : _bytes.AsSpan(_start, length);
        IsBroken |= length < 0 && _start < _end;
        _start += length + 1;
        return length >= 0;
    }

    public void Rewind()
    {
        _ = Libc.Seek(_file, 0, Libc.FromStart);
        _start = 0;
        _end = 0;
    }

    public void Dispose() => _ = Libc.Close(_file);

    // Behind what is left of the line that was begun.
    private bool Fill()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        nint read;
        fixed (byte* bytes = _bytes)
        {
            read = Libc.Read(_file, bytes + _end, (nuint)(_bytes.Length - _end));
        }

        _end += (int)Math.Max(0, read);
        return read > 0;
    }
}
