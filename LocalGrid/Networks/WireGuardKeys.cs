using System.Security.Cryptography;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>.NET has no X25519, so `wg pubkey` does that part.</summary>
internal static class WireGuardKeys
{
    public static NetworkSecrets Generate(IToolRunner tools)
    {
        (string userPrivate, string userPublic) = Pair(tools);
        (string nodePrivate, string nodePublic) = Pair(tools);
        return new NetworkSecrets(userPrivate, userPublic, nodePrivate, nodePublic);
    }

    private static (string Private, string Public) Pair(IToolRunner tools)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);

        // Curve25519 clamping (RFC 7748, section 5).
        key[0] &= 248;
        key[31] = (byte)((key[31] & 127) | 64);
        string text = Convert.ToBase64String(key);
        return (text, tools.Run(["wg", "pubkey"], text + "\n").Output.Trim());
    }
}
