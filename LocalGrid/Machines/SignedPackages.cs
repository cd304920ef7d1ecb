using System.Security.Cryptography;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// What the distribution says of its packages. The lists come from a machine, and are believed only as far as the
/// distribution's key has signed them: the key signs InRelease, that names the hash of Packages, and that the hash of a package.
/// </summary>
internal sealed class SignedPackages(Computer computer)
{
    private const string Lists = "var/lib/apt/lists";
    private const long LongestRelease = 4 << 20;
    private const long LongestList = 512 << 20;
    private const string Begin = "-----BEGIN PGP SIGNED MESSAGE-----";

    // They belong to packages of this computer, and no machine writes them.
    private static readonly string[] Keyrings =
    [
        "/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/ubuntu-archive-keyring.gpg",
    ];

    /// <summary>The hash of each of these files (NAME_VERSION_ARCHITECTURE.deb) that a signed list knows.</summary>
    public IReadOnlyDictionary<string, PackageHash> Find(string root, IReadOnlySet<string> wanted)
    {
        var found = new Dictionary<string, PackageHash>();
        using var lists = ForeignFolder.Open(root, Lists);
        if (lists is null)
        {
            return found;
        }

        var signed = lists.Names("_InRelease").SelectMany(name => HashesIn(Verified(lists, name))).ToHashSet();
        foreach (string name in signed.Count == 0 ? [] : lists.Names("_Packages"))
        {
            using FileStream? file = lists.OpenFile(name, LongestList);
            if (file is not null)
            {
                byte[] content = new byte[file.Length];
                bool isWhole = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length;
                if (isWhole && signed.Contains(Convert.ToHexStringLower(SHA256.HashData(content))))
                {
                    PackageList.Read(content, wanted, found);
                }
            }
        }

        return found;
    }

    // gpgv prints only what is signed, from the bytes that it was given: the machine cannot exchange them meanwhile.
    private string Verified(ForeignFolder lists, string name)
    {
        using FileStream? file = lists.OpenFile(name, LongestRelease);
        string[] keyrings = [.. Keyrings.Select(computer.At).Where(File.Exists)];
        if (file is null || keyrings.Length == 0)
        {
            return "";
        }

        using var reader = new StreamReader(file);
        string text = reader.ReadToEnd();
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || text.LastIndexOf(Begin, StringComparison.Ordinal) > 0)
        {
            return "";
        }

        string[] options = [.. keyrings.SelectMany(keyring => new[] { "--keyring", keyring }), "--output", "-"];
        ToolResult result = computer.Tools.Try(["gpgv", "--quiet", .. options, "-"], text);
        return result.ExitCode == 0 ? result.Output : "";
    }

    // " HASH SIZE main/binary-amd64/Packages", below "SHA256:".
    private static IEnumerable<string> HashesIn(string release)
    {
        bool isSha256 = false;
        foreach (string line in release.Split('\n'))
        {
            if (!line.StartsWith(' '))
            {
                isSha256 = line.StartsWith("SHA256:", StringComparison.Ordinal);
            }
            else if (isSha256 && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var hash, _, var path]
                && path.EndsWith("/Packages", StringComparison.Ordinal))
            {
                yield return hash;
            }
        }
    }
}
