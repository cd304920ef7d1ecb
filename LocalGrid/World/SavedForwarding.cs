namespace TfgridCompose.LocalGrid.World;

/// <summary>The kernel's settings before anything was deployed; null: an older build, which did not change it.</summary>
internal sealed record SavedForwarding(string Ipv4, string Ipv6, string? InotifyInstances = null);
