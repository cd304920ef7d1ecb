namespace TfgridCompose.LocalGrid.World;

/// <summary>A network on one node: a grid contract and, on this computer, a network namespace.</summary>
internal sealed record NetworkMember
{
    public required int Node { get; init; }

    public required long Contract { get; init; }

    public required int Index { get; init; }

    /// <summary>The node's /24.</summary>
    public required string Subnet { get; init; }

    /// <summary>First four groups of the overlay addresses on this node; null without a mycelium key.</summary>
    public string? MyceliumPrefix { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>The computer's boot id when it was created: namespaces do not survive a reboot.</summary>
    public string Boot { get; set; } = "";

    public string Namespace => $"tfl-n{Index}";

    public string Gateway => Subnet[..Subnet.LastIndexOf('.')] + ".1";
}
