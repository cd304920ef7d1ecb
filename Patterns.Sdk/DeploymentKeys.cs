using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// Keys derived from the deployment's random seed (HKDF-SHA256, RFC 5869), instead of from Terraform's <c>random</c>
/// provider. A purpose has the same key for the deployment's whole life; other purposes and other deployments have
/// other keys.
/// </summary>
/// <param name="seed">At least 16 random bytes, kept in the deployment's record.</param>
public sealed class DeploymentKeys(byte[] seed)
{
    /// <summary>A key in lower-case hexadecimal digits.</summary>
    /// <param name="purpose">What it is for, for example <c>mycelium/8</c>.</param>
    /// <param name="bytes">Length in bytes, 1 to 8160.</param>
    public string Hex(string purpose, int bytes) =>
        Convert.ToHexStringLower(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, bytes, info: Encoding.UTF8.GetBytes(purpose)));

    /// <summary>Does not reveal the seed.</summary>
    public override string ToString() => "DeploymentKeys(***)";
}
