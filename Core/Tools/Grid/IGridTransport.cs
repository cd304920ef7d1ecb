namespace TfgridCompose.Core.Tools.Grid;

/// <summary>Sends a GridProxy query to the local grid's program, or over HTTPS.</summary>
public interface IGridTransport
{
    Task<GridResponse> GetAsync(string pathAndQuery, CancellationToken cancellation);
}
