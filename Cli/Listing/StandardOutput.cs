using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Cli.Listing;

/// <summary>
/// Standard output for the quick verbs. It writes in pieces as they come: memory for the whole output of a long list
/// costs more than writing it.
/// </summary>
/// <param name="console">Opens the console's stream, which waits for a pipe that does not block.</param>
internal sealed class StandardOutput(Func<Stream> console) : Stream
{
    private const int Number = 1;

    // The size of a pipe.
    private const int Piece = 64 * 1024;

    private readonly byte[] _piece = new byte[Piece];
    private int _used;
    private Stream? _patient;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>False if the output could not be written. If the reader has gone, that does not count as a failure.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="console">Opens the console's stream.</param>
    /// <param name="report">Gets the problem, for example a full disk.</param>
    public static bool TryWrite(Action<Stream> write, Func<Stream> console, Action<string> report)
    {
        try
        {
            using var output = new StandardOutput(console);
            write(output);
            output.Flush();
            return true;
        }
        catch (IOException gone) when (SystemError.IsBrokenPipe(gone))
        {
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            report(refused.Message);
            return false;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > Piece - _used)
        {
            int fitting = Piece - _used;
            buffer[..fitting].CopyTo(_piece.AsSpan(_used));
            _used = Piece;
            buffer = buffer[fitting..];
            Flush();
        }

        buffer.CopyTo(_piece.AsSpan(_used));
        _used += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        ReadOnlySpan<byte> left = _piece.AsSpan(0, _used);
        _used = 0;
        while (left.Length > 0 && _patient is null)
        {
            try
            {
                left = left[FileNumber.Write(Number, left)..];
            }
            catch (IOException full) when (SystemError.IsAgain(full))
            {
                // The pipe is full and does not block.
                _patient = console();
            }
        }

        _patient?.Write(left);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _patient?.Dispose();
        base.Dispose(disposing);
    }
}
