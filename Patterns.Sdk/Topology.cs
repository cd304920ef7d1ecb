namespace TfgridCompose.Patterns.Sdk;

/// <summary>The input for a pattern's topology.</summary>
public sealed record TopologyRequest
{
    /// <summary>The app's name from the manifest.</summary>
    public required string AppName { get; init; }

    /// <summary>The pattern's own options.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>The requested networks.</summary>
    public NetworkRequest Network { get; init; } = new();

    /// <summary>The app's ports.</summary>
    public IReadOnlyList<PortSpec> Ports { get; init; } = [];
}

/// <summary>The machines that a deployment needs, the primary one first, or the problems of the request.</summary>
public sealed record Topology
{
    /// <summary>The machines; the first is the primary.</summary>
    public IReadOnlyList<HostSpec> Hosts { get; init; } = [];

    /// <summary>Why the request cannot be fulfilled; empty if it can.</summary>
    public IReadOnlyList<PatternProblem> Problems { get; init; } = [];
}

/// <summary>A machine that a deployment needs.</summary>
public sealed record HostSpec
{
    /// <summary>Unique in the deployment: letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>One of the declared roles.</summary>
    public required string Role { get; init; }

    /// <summary>Virtual CPUs, 1 to 32 (grid provider schema, vms.cpu).</summary>
    public required int Cpu { get; init; }

    /// <summary>Memory in MB, 256 to 262144 (grid provider schema, vms.memory).</summary>
    public required int MemoryMb { get; init; }

    /// <summary>All disk space on the node in GB, including the root file system.</summary>
    public required int DiskGb { get; init; }

    /// <summary>Its networks.</summary>
    public IReadOnlyList<NetworkKind> Networks { get; init; } = [];

    /// <summary>The node that the manifest names, or null if Core is to choose one.</summary>
    public int? PinnedNode { get; init; }
}

/// <summary>Something in the request that the pattern cannot fulfil.</summary>
/// <param name="Message">The problem, with the actual value.</param>
/// <param name="Remedy">The edit that fixes it.</param>
/// <param name="Option">
/// The option at fault, so that the manifest's line can be shown; <c>services[1]</c> is the second item of a list of
/// maps. Null if the problem belongs to no option.
/// </param>
public sealed record PatternProblem(string Message, string Remedy, string? Option = null);
