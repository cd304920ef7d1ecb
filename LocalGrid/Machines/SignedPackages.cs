using System.Globalization;
using System.Text;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// What the distribution says about its packages. The lists come from a machine, and are trusted only as far as the
/// distribution's key has signed them: the key signs InRelease, which has the hash of Packages, which has a package's hash.
/// </summary>
internal sealed class SignedPackages(Computer computer)
{
    private const string Lists = "var/lib/apt/lists";

    // A machine writes these files, so no more is read than a distribution needs.
    private const int MostReleases = 64;
    private const int MostLists = 64;
    private const long LongestRelease = 1 << 20;
    private const long LongestLists = 1 << 30;

    private const string Begin = "-----BEGIN PGP SIGNED MESSAGE-----";

    /// <summary>The hash of each of these files (NAME_VERSION_ARCHITECTURE.deb) that a signed list knows.</summary>
    public IReadOnlyDictionary<string, PackageHash> Find(string root, IReadOnlySet<string> wanted)
    {
        var found = new Dictionary<string, PackageHash>();
        using var lists = ForeignFolder.Open(root, Lists);
        if (lists is null)
        {
            return found;
        }

        IReadOnlyDictionary<string, long> signed = SignedLists(lists);
        long left = LongestLists;
        foreach (string name in lists.Names("_Packages").Take(MostLists))
        {
            using FileStream? file = lists.OpenFile(name, left);
            if (file is not null && signed.Values.Contains(file.Length))
            {
                left -= file.Length;
                (string hash, Dictionary<string, PackageHash> packages) = PackageList.Read(file, file.Length, wanted);
                foreach ((string package, PackageHash known) in signed.ContainsKey(hash) ? packages : [])
                {
                    found[package] = known;
                }
            }
        }

        return found;
    }

    /// <summary>The hashes and lengths of all Packages lists that the distribution has signed.</summary>
    private Dictionary<string, long> SignedLists(ForeignFolder lists)
    {
        var release = ImageRelease.Of(computer);
        var signed = new Dictionary<string, long>();
        foreach (string name in lists.Names("_InRelease").Take(MostReleases))
        {
            string text = Verified(lists, name, release.Keyring);
            foreach ((string hash, long length) in release.IsNamedIn(text) ? ListsIn(text) : [])
            {
                signed[hash] = length;
            }
        }

        return signed;
    }

    // gpgv prints only what is signed, from the bytes that it received, so the machine cannot replace them in the meantime.
    private string Verified(ForeignFolder lists, string name, string keyring)
    {
        using FileStream? file = lists.OpenFile(name, LongestRelease);
        if (file is null || !File.Exists(computer.At(keyring)))
        {
            return "";
        }

        // The machine may make the file longer in the meantime.
        byte[] content = new byte[file.Length];
        string text = Encoding.UTF8.GetString(content, 0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || text.LastIndexOf(Begin, StringComparison.Ordinal) > 0)
        {
            return "";
        }

        ToolResult result = computer.Tools.Try(
            ["timeout", "10", "gpgv", "--quiet", "--keyring", computer.At(keyring), "--output", "-", "-"], text);
        return result.ExitCode == 0 ? result.Output : "";
    }

    // " HASH SIZE main/binary-amd64/Packages", below "SHA256:".
    private static IEnumerable<(string Hash, long Length)> ListsIn(string release)
    {
        bool isSha256 = false;
        foreach (string line in release.Split('\n'))
        {
            if (!line.StartsWith(' '))
            {
                isSha256 = line.StartsWith("SHA256:", StringComparison.Ordinal);
            }
            else if (isSha256 && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var hash, var size, var path]
                && path.EndsWith("/Packages", StringComparison.Ordinal)
                && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            {
                yield return (hash, length);
            }
        }
    }
}
