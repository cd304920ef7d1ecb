using System.Security.Cryptography;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// A file's content while it is sent: of the length that it had at the start, with the hash of what was read. It is an error
/// if the file has become shorter.
/// </summary>
internal sealed class SentContent(FileStream content, string path) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = content.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public byte[] Sha256() => _hash.GetCurrentHash();

    public override int Read(Span<byte> buffer)
    {
        Span<byte> wanted = buffer[..(int)Math.Min(buffer.Length, Length - _position)];
        int read = content.Read(wanted);
        if (read == 0 && wanted.Length > 0)
        {
            throw new IOException($"'{path}' became shorter while it was copied");
        }

        _hash.AppendData(wanted[..read]);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        content.Dispose();
        base.Dispose(disposing);
    }
}
