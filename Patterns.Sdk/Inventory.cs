namespace TfgridCompose.Patterns.Sdk;

/// <summary>Ansible groups and variables.</summary>
public sealed record Inventory
{
    /// <summary>The groups.</summary>
    public IReadOnlyList<InventoryGroup> Groups { get; init; } = [];

    /// <summary>Variables of all hosts, with JSON-serialisable values.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A group of hosts.</summary>
public sealed record InventoryGroup
{
    /// <summary>Letters, digits and underscores (Ansible rejects dashes).</summary>
    public required string Name { get; init; }

    /// <summary>The names of its hosts.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Variables of the group, with JSON-serialisable values.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();
}
