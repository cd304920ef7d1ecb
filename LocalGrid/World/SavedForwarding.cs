namespace TfgridCompose.LocalGrid.World;

/// <summary>The kernel's settings before anything was deployed; null if an older build did not change the setting.</summary>
internal sealed record SavedForwarding(string Ipv4, string Ipv6, string? InotifyInstances = null);
