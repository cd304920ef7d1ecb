using System.Net;

namespace TfgridCompose.Core.Foundation;

/// <summary>Where a connection to a machine's address goes: there. Tests have machines on this computer under other addresses.</summary>
public sealed class Dial(Func<IPAddress, IPAddress> target)
{
    public static Dial Direct { get; } = new(static address => address);

    public IPAddress To(string address) => target(IPAddress.Parse(address));
}
