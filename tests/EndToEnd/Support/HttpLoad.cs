using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// A steady load over connections that stay open, as browsers hold them: so many requests a second, whatever becomes of each. A
/// connection that the server closes with its answer is opened again; so is one that is closed under an idle client, which is counted;
/// a request that never gets its answer has failed.
/// </summary>
internal sealed class HttpLoad : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<LoadAnswer> _answers = [];
    private readonly List<Task> _clients;
    private int _closedIdle;

    private HttpLoad(string address, int port, string path, int rate, int clients) =>
        _clients =
        [
            .. Enumerable.Range(0, clients)
                .Select(_ => Task.Run(() => ClientAsync(address, port, path, TimeSpan.FromSeconds((double)clients / rate)))),
        ];

    public static HttpLoad Start(string address, int rate, int clients = 16, int port = 80, string path = "/") =>
        new(address, port, path, rate, clients);

    /// <summary>Ends it: every answer so far, in the order of asking.</summary>
    public async Task<LoadReport> EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        var report = new LoadReport([.. _answers.OrderBy(answer => answer.Asked)], _closedIdle);
        await TestContext.Out.WriteLineAsync(report.ToString());
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        _end.Dispose();
    }

    private async Task ClientAsync(string address, int port, string path, TimeSpan pause)
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
        using var connection = new LoadConnection(address, port);
        var clock = Stopwatch.StartNew();
        for (int i = 0; !_end.IsCancellationRequested; i++)
        {
            LoadAnswer answer = await AskAsync(connection, request);
            lock (_gate)
            {
                _answers.Add(answer);
            }

            TimeSpan ahead = (pause * (i + 1)) - clock.Elapsed;
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<LoadAnswer> AskAsync(LoadConnection connection, byte[] request)
    {
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        using var limit = new CancellationTokenSource(AnswerLimit);
        while (true)
        {
            bool wasOpen = connection.IsOpen;
            try
            {
                (int status, string body) = await connection.AskAsync(request, limit.Token);
                return new LoadAnswer(asked, DateTimeOffset.UtcNow - asked, status, body);
            }
            catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or FormatException)
            {
                bool closedIdle = wasOpen && !connection.GotAny && problem is not OperationCanceledException;
                connection.Close();
                if (!closedIdle)
                {
                    return new LoadAnswer(asked, DateTimeOffset.UtcNow - asked, 0, problem.Message);
                }

                Interlocked.Increment(ref _closedIdle);
            }
        }
    }
}

/// <param name="Asked">When.</param>
/// <param name="Took">Until the whole answer was there.</param>
/// <param name="Status">The HTTP status, 0: none came.</param>
/// <param name="Body">The answer, or why there is none.</param>
internal sealed record LoadAnswer(DateTimeOffset Asked, TimeSpan Took, int Status, string Body);

/// <param name="Answers">In the order of asking.</param>
/// <param name="ClosedIdle">Connections that were closed under an idle client.</param>
internal sealed record LoadReport(IReadOnlyList<LoadAnswer> Answers, int ClosedIdle)
{
    public IReadOnlyList<LoadAnswer> Failed => [.. Answers.Where(answer => answer.Status != 200)];

    /// <summary>How many answers hold each of these words.</summary>
    public IReadOnlyDictionary<string, int> Shares(params string[] words) =>
        words.ToDictionary(word => word, word => Answers.Count(answer => answer.Body.Contains(word, StringComparison.Ordinal)));

    /// <summary>
    /// From the first to the last request that failed, when they were asked: one that was under way when its backend lost its power waits
    /// for the client's own limit, which says nothing about those after it.
    /// </summary>
    public TimeSpan FailedFor => Failed.Count == 0 ? TimeSpan.Zero : Failed[^1].Asked - Failed[0].Asked;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"load: {Answers.Count} requests in {(Answers[^1].Asked - Answers[0].Asked).TotalSeconds:F1} s, "
        + $"{Failed.Count} failed within {FailedFor.TotalSeconds:F1} s, {ClosedIdle} idle connections closed, "
        + $"slowest {Answers.Max(answer => answer.Took).TotalMilliseconds:F0} ms"
        + $"{string.Concat(Failed.Take(3).Select(answer => $"; {answer.Status} {answer.Body}"))}");
}
