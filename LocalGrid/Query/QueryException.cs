namespace TfgridCompose.LocalGrid.Query;

internal sealed class QueryException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
