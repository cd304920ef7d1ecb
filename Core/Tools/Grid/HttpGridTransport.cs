using System.Globalization;
using System.Net;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// Queries GridProxy over HTTP. If an address does not answer or is overloaded, the next one is tried; after the last
/// round the grid counts as unreachable.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="addresses">GridProxy's addresses, preferred first.</param>
/// <param name="clock">The clock for limits and pauses.</param>
public sealed class HttpGridTransport(
    HttpClient http, IReadOnlyList<Uri> addresses, TimeProvider clock) : IGridTransport
{
    private const int Rounds = 3;
    private const int LongestReason = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>How long one request may take.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(15);

    public async Task<GridResponse> GetAsync(string pathAndQuery, CancellationToken cancellation)
    {
        var reasons = new Dictionary<Uri, string>();
        for (int round = 1; ; round++)
        {
            foreach (Uri address in addresses)
            {
                (GridResponse? response, string reason) = await TryAsync(address, pathAndQuery, cancellation);
                if (response is not null)
                {
                    return response;
                }

                reasons[address] = reason;
            }

            if (round == Rounds)
            {
                throw Unreachable(reasons);
            }

            await Task.Delay(Pause * round, clock, cancellation);
        }
    }

    private async Task<(GridResponse? Response, string Reason)> TryAsync(
        Uri address, string pathAndQuery, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(RequestLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using HttpResponseMessage answer =
                await http.GetAsync(new Uri(address, pathAndQuery.TrimStart('/')), either.Token);
            string text = await answer.Content.ReadAsStringAsync(either.Token);
            return IsTransient(answer.StatusCode)
                ? (null, $"HTTP {(int)answer.StatusCode}")
                : (new GridResponse((int)answer.StatusCode, Parse(text)) { Count = CountOf(answer) }, "");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"no answer within {RequestLimit.TotalSeconds:F0} s");
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or IOException)
        {
            return (null, Short(problem.Message));
        }
    }

    // Errors that may be gone in a moment, or on another address.
    private static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static int? CountOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("count", out IEnumerable<string>? values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    private static string Short(string text) => text.Length <= LongestReason ? text : text[..LongestReason];

    private static DiagnosticException Unreachable(Dictionary<Uri, string> reasons) => new(
        ExitCode.Infrastructure,
        GridCodes.GridUnreachable,
        $"GridProxy could not be reached: {string.Join("; ", reasons.Select(pair => $"{pair.Key}: {pair.Value}"))}.",
        "run the command again when the network works; `curl ADDRESS/ping` shows whether it answers");
}
