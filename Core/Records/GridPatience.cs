namespace TfgridCompose.Core.Records;

/// <summary>
/// How long to keep asking a paid grid before its answer is accepted. Its indexer lags behind the chain: a new contract
/// does not appear at once, and a cancelled one is listed as live for a while
/// (https://github.com/threefoldtech/ledger_chain/issues/401).
/// </summary>
/// <param name="Limit">After this time the grid's answer is accepted: a listed contract exists, any other does
/// not.</param>
/// <param name="FirstPause">The pause between the first two requests; each further pause is 1.5 times as long, up to 10
/// s.</param>
public sealed record GridPatience(TimeSpan Limit, TimeSpan FirstPause)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static GridPatience Default { get; } = new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1));

    /// <summary>One request, no waiting: for a grid without an indexer, or if nothing is expected to change.</summary>
    public static GridPatience None { get; } = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    /// <summary>Asks until an answer is accepted or the limit is reached, and returns the last answer.</summary>
    public async Task<T> AskAsync<T>(
        Func<Task<T>> ask, Func<T, bool> accepts, TimeProvider clock, CancellationToken cancellation)
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
