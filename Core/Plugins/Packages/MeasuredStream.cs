using System.IO.Hashing;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Passes on written bytes, counts them, and throws if there are more than allowed.</summary>
internal sealed class MeasuredStream(Stream inner, long most) : Stream
{
    private readonly Crc32 _crc = new();
    private long _length;

    /// <summary>Whether the limit was exceeded; libraries in between may hide the exception.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>The CRC-32 as in ZIP archives, which .NET does not verify.</summary>
    public uint Crc32 => _crc.GetCurrentHashAsUInt32();

    public override long Length => _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Measure(buffer);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Measure(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Measure(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        if (_length > most)
        {
            IsExceeded = true;
            throw new IOException($"more than {most} bytes");
        }

        _crc.Append(buffer);
    }
}
