using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>Chooses how to query a grid.</summary>
public static class GridTransports
{
    private const int LargestAnswer = 32 * 1024 * 1024;

    // One per process, so that connections are shared. Redirects are not followed: only the grid's own addresses are
    // trusted.
    private static readonly Lazy<HttpClient> Http = new(
        () => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = Timeout.InfiniteTimeSpan,
        });

    public static IGridTransport Of(GridName grid, Surroundings here) => grid.IsLocal
        ? new LocalGridProgram(here.LocalGridPath, here.Runner)
        : new HttpGridTransport(Http.Value, GridProxyAddresses.Of(grid, here.Environment), here.Clock);
}
