namespace TfgridCompose.Core.Records;

/// <summary>
/// How long a paid grid is asked again before an answer counts. Its indexer lags behind the chain: a new contract does not show at once, and a
/// cancelled one shows as live for a while (https://github.com/threefoldtech/ledger_chain/issues/401).
/// </summary>
/// <param name="Limit">After that a contract that is still listed counts as there, and one that is not as absent.</param>
/// <param name="FirstPause">Between the first two questions; each pause is half as long again, up to 10 s.</param>
public sealed record GridPatience(TimeSpan Limit, TimeSpan FirstPause)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static GridPatience Default { get; } = new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1));

    /// <summary>One question, no waiting: for a grid without an indexer, or where nothing is expected to change.</summary>
    public static GridPatience None { get; } = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    /// <summary>Asks until an answer is accepted or the limit is over, and returns the last answer.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, Func<T, bool> accepts, TimeProvider clock, CancellationToken cancellation)
    {
        long started = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            T answer = await ask();
            if (accepts(answer) || clock.GetElapsedTime(started) + pause > Limit)
            {
                return answer;
            }

            await Task.Delay(pause, clock, cancellation);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }
}
