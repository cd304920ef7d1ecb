namespace TfgridCompose.LocalGrid.World;

/// <summary>The kernel's settings as they were before anything was deployed; null: one that an older build did not touch.</summary>
internal sealed record SavedForwarding(string Ipv4, string Ipv6, string? InotifyInstances = null);
