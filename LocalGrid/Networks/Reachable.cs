using System.Net;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>What machines need of this computer and its private surroundings.</summary>
/// <param name="Nameservers">Their DNS servers: port 53 only.</param>
/// <param name="Mirrors">Package mirrors of the image's sources that have a private address or are this computer.</param>
internal sealed record Reachable(IReadOnlyList<string> Nameservers, IReadOnlyList<IPEndPoint> Mirrors);
