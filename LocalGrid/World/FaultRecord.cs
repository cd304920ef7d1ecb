namespace TfgridCompose.LocalGrid.World;

/// <summary>An injected fault: what goes wrong, where (0 = any node) and how often (0 = until cleared).</summary>
internal sealed record FaultRecord(int Id, string Kind, int Node, int Remaining)
{
    /// <summary>The node answers nobody, and GridProxy has noticed: it says so.</summary>
    public const string Unhealthy = "unhealthy";

    public bool IsAt(int node) => Node == 0 || Node == node;
}
