using System.Globalization;

namespace TfgridCompose.LocalGrid.Addresses;

internal static class MacAddress
{
    /// <summary>
    /// A locally administered address, computed from an IPv4 address. If a machine or gateway is created again with the same
    /// IPv4 address, its neighbours still know it. A bridge without an address of its own takes the lowest one of its ports,
    /// and another one when that port is removed. Its neighbours would use the old one for up to a minute.
    /// </summary>
    public static string Of(string ip) => "02:01:" + string.Join(':', ip.Split('.')
        .Select(part => byte.Parse(part, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture)));
}
