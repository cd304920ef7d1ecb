using System.Security.Cryptography;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>The SHA-256 of a plugin's assembly, in the descriptor's format.</summary>
internal static class AssemblyHash
{
    public static string Of(string path)
    {
        using FileStream content = PlainFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
