using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>Starts so many tools and then none: what a kill at that moment leaves is what lies on the disk.</summary>
internal sealed class DyingRunner(IToolRunner inner, int calls) : IToolRunner
{
    private int _left = calls;

    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation) =>
        Interlocked.Decrement(ref _left) >= 0 ? inner.RunAsync(command, cancellation) : throw new IOException("killed");
}
