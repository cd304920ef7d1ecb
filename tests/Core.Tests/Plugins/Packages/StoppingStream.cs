namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>Cancels at the first write, and fails with something else.</summary>
internal sealed class StoppingStream(CancellationTokenSource stop) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => Fail();

    public override void Write(ReadOnlySpan<byte> buffer) => Fail();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Fail();
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Fail();
        return ValueTask.CompletedTask;
    }

    private void Fail()
    {
        stop.Cancel();
        throw new InvalidOperationException("the library's own");
    }
}
