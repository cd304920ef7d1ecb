namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// How a cancelled run treats the running tool. Ctrl-C in a terminal has already reached the tool, so it is left to end
/// by itself; a signal sent only to this process is passed on once. <see cref="Kill"/> is the second Ctrl-C.
/// </summary>
public sealed record ToolInterrupt(CancellationToken PassOn, CancellationToken Kill)
{
    public static ToolInterrupt None { get; } = new(CancellationToken.None, CancellationToken.None);
}
