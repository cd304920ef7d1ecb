namespace TfgridCompose.LocalGrid.Addresses;

/// <summary>
/// Addresses between this computer and its nodes: 198.18.0.0/16, reserved for benchmarks (RFC 2544), and a unique-local /48.
/// Deployments and real WireGuard configurations use 10.0.0.0/8 and 100.64.0.0/16.
/// </summary>
internal static class FabricAddress
{
    public const string Bridge = "tfl-fab";
    public const string Host = "198.18.0.1";
    public const string Host6 = "fd54:4647:1::1";
    public const string Range = "198.18.0.0/16";
    public const string Range6 = "fd54:4647:1::/64";
    public const string PublicRange = "203.0.113.0/24";

    /// <summary>The router of all farms, which each node stands for.</summary>
    public const string PublicGateway = "203.0.113.1";

    public const string PublicRange6 = "2001:db8::/32";
    public const string MyceliumRange = "400::/7";

    public static string Of(int index) => $"198.18.{(index + 1) >> 8}.{(index + 1) & 255}";

    public static string Of6(int index) => $"fd54:4647:1::{index + 1:x}";
}
