using System.Globalization;

namespace TfgridCompose.LocalGrid.Addresses;

internal static class MacAddress
{
    /// <summary>
    /// A locally administered address, computed from an IPv4 address.
    /// Machines: the neighbours of one that is created again with the same IPv4 address still know it.
    /// Bridges: one without an address of its own takes the lowest of its ports' addresses, which changes when that port is
    /// removed, and its neighbours would use the old one for up to a minute.
    /// </summary>
    public static string Of(string ip) => "02:01:" + string.Join(':', ip.Split('.')
        .Select(part => byte.Parse(part, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture)));
}
