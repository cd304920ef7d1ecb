using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>
/// Reads <c>patterns.trusted_authors</c>. A mistyped fingerprint is an error: ignoring it could leave the list empty,
/// which trusts everyone.
/// </summary>
internal static class TrustedAuthorReader
{
    private const int Digits = 64;

    public static IReadOnlyList<string> Read(LocatedMap? patterns, TreeReader reader)
    {
        var fingerprints = new List<string>();
        foreach (LocatedScalar author in reader.Words(patterns, "trusted_authors"))
        {
            string digits = author.Text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
            if (digits.Length == Digits && digits.All(char.IsAsciiHexDigit))
            {
                fingerprints.Add(digits);
                continue;
            }

            reader.Error(
                PackageCodes.BadFingerprint, $"{author.Kind} is not the SHA-256 fingerprint of a certificate.",
                $"Write its {Digits} hexadecimal digits: openssl x509 -in author.cer -noout -fingerprint -sha256",
                author.Location);
        }

        return fingerprints;
    }
}
