using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>How each grid is asked.</summary>
public static class GridTransports
{
    private const int LargestAnswer = 32 * 1024 * 1024;

    // One for the process: its connections are shared and end with it. Redirects are not followed: no address but the grid's own is believed.
    private static readonly Lazy<HttpClient> Http = new(() => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        MaxResponseContentBufferSize = LargestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    });

    public static IGridTransport Of(GridName grid, Surroundings here) => grid.IsLocal
        ? new LocalGridProgram(here.LocalGridPath, here.Runner)
        : new HttpGridTransport(Http.Value, GridProxyAddresses.Of(grid, here.Environment), here.Clock);
}
