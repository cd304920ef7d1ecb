using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>A package that a machine has downloaded, with the lists that it comes from. gpgv is a fake that believes them.</summary>
internal static class DownloadedPackage
{
    public const string Archives = "var/cache/apt/archives";
    public const string Begin = "-----BEGIN PGP SIGNED MESSAGE-----\n";

    public static void Put(FakeComputer computer, string machine, string file, string content)
    {
        string[] words = Path.GetFileNameWithoutExtension(file).Split('_');
        string list = $"""
            Package: other
            Version: 1
            Architecture: all
            Size: 1
            SHA256: {Hash("other")}

            Package: {words[0]}
            Version: {words[1].Replace("%3a", ":", StringComparison.Ordinal)}
            Architecture: {words[2]}
            Size: {content.Length}
            SHA256: {Hash(content)}

            """;
        string release = "Suite: stable\nCodename: bookworm\nMD5Sum:\n 0 1 main/binary-amd64/Packages\nSHA256:\n"
            + $" {Hash(list)} {list.Length} main/Packages\n";
        computer.Write("/usr/share/keyrings/debian-archive-keyring.gpg", "");
        computer.Write($"{machine}/upper/{Archives}/{file}", content);
        computer.Write($"{machine}/upper/var/lib/apt/lists/a_Packages", list);
        computer.Write($"{machine}/upper/var/lib/apt/lists/a_InRelease", Begin + release);
        computer.Tools.Answer("timeout 10 gpgv --quiet --keyring", output: release);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
