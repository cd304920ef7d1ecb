using System.Globalization;
using System.Net;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// The public addresses of a lab's machines, which listen on loopback addresses. They are those for documentation (RFC 5737): what is
/// sent there by mistake reaches nobody.
/// </summary>
internal sealed class MachineAddresses
{
    private readonly Dictionary<IPAddress, IPAddress> _loopback = [];

    /// <summary>A public address for a machine.</summary>
    public string Add(LoopbackAddress machine)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{_loopback.Count + 1}");
        _loopback.Add(IPAddress.Parse(address), IPAddress.Parse(machine.Text));
        return address;
    }

    /// <summary>Where a connection to it goes.</summary>
    public IPAddress Target(IPAddress address) => _loopback.GetValueOrDefault(address, address);
}
