using System.Security.Cryptography;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>.NET has no X25519; `wg pubkey` does that half.</summary>
internal static class WireGuardKeys
{
    public static NetworkSecrets Generate()
    {
        var (userPrivate, userPublic) = Pair();
        var (nodePrivate, nodePublic) = Pair();
        return new NetworkSecrets(userPrivate, userPublic, nodePrivate, nodePublic);
    }

    private static (string Private, string Public) Pair()
    {
        var key = RandomNumberGenerator.GetBytes(32);

        // Curve25519 clamping (RFC 7748, section 5).
        key[0] &= 248;
        key[31] = (byte)((key[31] & 127) | 64);
        var text = Convert.ToBase64String(key);
        return (text, Tool.Run(["wg", "pubkey"], text + "\n").Output.Trim());
    }
}
