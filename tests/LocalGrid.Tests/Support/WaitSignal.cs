namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>The real clock, with a signal when somebody begins to wait.</summary>
internal sealed class WaitSignal : TimeProvider
{
    private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Waited => _waited.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waited.TrySetResult();
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
