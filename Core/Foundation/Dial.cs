using System.Net;

namespace TfgridCompose.Core.Foundation;

/// <summary>Maps a machine's address to the one to connect to: itself, or in tests an address of this computer.</summary>
public sealed class Dial(Func<IPAddress, IPAddress> target)
{
    public static Dial Direct { get; } = new(static address => address);

    public IPAddress To(string address) => target(IPAddress.Parse(address));
}
