using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Foundation.Fingerprints;

/// <summary>A short hash that tells whether a step's inputs have changed since its last run.</summary>
public static class Fingerprint
{
    private const int Length = 32;

    /// <summary>Hash of several strings; the boundaries between them count too.</summary>
    public static string Of(params IEnumerable<string> parts) => Short(WholeOf(parts));

    /// <summary>The whole hash, for cases where somebody could gain from a collision.</summary>
    public static string WholeOf(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public static string OfFile(string path)
    {
        using FileStream stream = PlainFile.Open(path);
        return OfContent(stream);
    }

    public static string OfContent(Stream content) => Short(WholeOfContent(content));

    public static string WholeOfContent(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string WholeOfBytes(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The fingerprint that a whole hash is cut to.</summary>
    public static string Short(string hash) => hash[..Length];
}
