using System.Globalization;

namespace TfgridCompose.LocalGrid.Addresses;

internal static class MacAddress
{
    /// <summary>
    /// A locally administered address that follows from an IPv4 address. A machine or gateway made again with its address is
    /// still known to its neighbours. A bridge without a set address takes the lowest of its ports' and changes it when that
    /// port goes; neighbours then send to an address that nobody has for up to a minute.
    /// </summary>
    public static string Of(string ip) => "02:01:" + string.Join(':', ip.Split('.')
        .Select(part => byte.Parse(part, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture)));
}
