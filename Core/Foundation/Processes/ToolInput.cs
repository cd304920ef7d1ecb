namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// Writes a tool's standard input. If the source fails, the tool is killed before its input ends, so that it does not take a
/// part for the whole.
/// </summary>
internal sealed class ToolInput(Func<Stream, CancellationToken, Task> write) : IDisposable
{
    private readonly CancellationTokenSource _failed = new();

    /// <summary>Cancelled when the source has failed.</summary>
    public CancellationToken Failed => _failed.Token;

    public Exception? Problem { get; private set; }

    public async Task WriteAsync(Stream pipe, CancellationToken cancellation)
    {
        var open = new OpenPipe(pipe);
        try
        {
            await write(open, cancellation);
        }
        catch (Exception problem) when (!open.IsBroken && !cancellation.IsCancellationRequested)
        {
            Problem = problem;
            await _failed.CancelAsync();
            throw new OperationCanceledException(_failed.Token);
        }
    }

    public void Dispose() => _failed.Dispose();

    /// <summary>Distinguishes a tool that stops reading, which its exit code explains, from a source that fails.</summary>
    private sealed class OpenPipe(Stream pipe) : Stream
    {
        public bool IsBroken { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Guard(() => pipe.Write(buffer, offset, count));

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await pipe.WriteAsync(buffer, cancellationToken);
            }
            catch (IOException)
            {
                IsBroken = true;
                throw;
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => Guard(pipe.Flush);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void Guard(Action use)
        {
            try
            {
                use();
            }
            catch (IOException)
            {
                IsBroken = true;
                throw;
            }
        }
    }
}
