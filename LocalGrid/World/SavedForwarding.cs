namespace TfgridCompose.LocalGrid.World;

internal sealed record SavedForwarding(string Ipv4, string Ipv6);
