using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What planning needs to know about this computer.</summary>
/// <param name="DiskKind">The kind that new disks get; see the world's disk record.</param>
/// <param name="Addresses">Addresses that this computer has routes for: machines do not get them.</param>
internal sealed record HostFacts(string DiskKind, IReadOnlySet<string> Addresses, DateTimeOffset Now)
{
    /// <summary>For whom the deployment is.</summary>
    public Caller Caller { get; init; } = new(Caller.Root);
}
