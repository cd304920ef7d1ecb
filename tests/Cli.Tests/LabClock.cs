using System.Threading.Channels;

namespace TfgridCompose.Cli.Tests;

/// <summary>A clock on which every pause is over at once, and has taken its time; one that is held lasts until the test ends it.</summary>
internal sealed class LabClock : TimeProvider
{
    // What is longer is the limit of a request, which is not waited for.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Channel<Action> _held = Channel.CreateUnbounded<Action>();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Which pauses are held, by their length.</summary>
    public Func<TimeSpan, bool> Holds { get; set; } = _ => false;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    /// <summary>Waits until a pause is held; what it returns ends that pause.</summary>
    public Task<Action> HeldAsync() => _held.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Holds(dueTime))
        {
            _held.Writer.TryWrite(End);
        }
        else if (dueTime >= TimeSpan.Zero && dueTime <= LongestPause)
        {
            End();
        }

        return new Timer();

        void End()
        {
            Interlocked.Add(ref _passed, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
