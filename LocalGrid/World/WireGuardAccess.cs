namespace TfgridCompose.LocalGrid.World;

/// <summary>The user's way into a network. The keys are in a root-only file beside the world.</summary>
internal sealed record WireGuardAccess
{
    public required int Node { get; init; }

    /// <summary>The user's /24, like a node's.</summary>
    public required string Subnet { get; init; }

    public int Port { get; set; } = 51820;
}
