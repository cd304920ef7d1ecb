namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What planning has to know about this computer.</summary>
/// <param name="DiskKind">The kind that new disks get; see the world's disk record.</param>
/// <param name="Addresses">Addresses that it has routes for: they are not given to machines.</param>
internal sealed record HostFacts(string DiskKind, IReadOnlySet<string> Addresses, DateTimeOffset Now);
