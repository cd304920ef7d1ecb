namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// How a cancelled run treats the tool that is running. Ctrl-C in a terminal has reached the tool already, so it is left to end by itself;
/// a signal sent to this process alone is passed on once. <see cref="Kill"/> is the second Ctrl-C.
/// </summary>
public sealed record ToolInterrupt(CancellationToken PassOn, CancellationToken Kill)
{
    public static ToolInterrupt None { get; } = new(CancellationToken.None, CancellationToken.None);
}
