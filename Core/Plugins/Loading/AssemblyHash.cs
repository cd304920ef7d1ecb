using System.Security.Cryptography;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>The SHA-256 of a plugin's assembly, in the descriptor's format.</summary>
internal static class AssemblyHash
{
    public static string Of(string path)
    {
        using FileStream content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
