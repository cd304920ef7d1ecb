using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.Core.Foundation.Fingerprints;

/// <summary>
/// Tells whether one part of a step's inputs has changed. It may be stored beside the name of a secret: it depends on a key,
/// and its 16 bits are too few to guess a value from, even for somebody who has the key. One change in 65536 goes unnoticed,
/// so a mark only names what changed; <see cref="Fingerprint"/> decides whether something did.
/// </summary>
public static class KeyedMark
{
    /// <summary>The number of its characters.</summary>
    public const int Length = 4;

    public static string Of(string key, string name, string content)
    {
        string text = $"{name.Length}:{name}{content}";
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash)[..Length];
    }
}
