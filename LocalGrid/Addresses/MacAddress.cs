using System.Globalization;

namespace TfgridCompose.LocalGrid.Addresses;

internal static class MacAddress
{
    /// <summary>
    /// A locally administered address, computed from an IPv4 address. For machines, so that neighbours still know a machine
    /// that is created again with the same IPv4 address. For bridges, because a bridge without its own address takes the
    /// lowest of its ports' addresses. That changes when the port is removed, and neighbours would use the old one for up to
    /// a minute.
    /// </summary>
    /// <param name="ip">The machine's address in its private network, or the bridge's.</param>
    /// <param name="interfaceNumber">Its interface, from 1.</param>
    public static string Of(string ip, int interfaceNumber = 1) => $"02:{interfaceNumber:x2}:" + string.Join(':', ip.Split('.')
        .Select(part => byte.Parse(part, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture)));
}
