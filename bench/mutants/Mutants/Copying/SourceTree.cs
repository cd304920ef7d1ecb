using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.Mutants.Copying;

/// <summary>The repository's files as they are, committed or not; what is built is not among them.</summary>
internal sealed class SourceTree(string repository)
{
    private readonly string[] _files = [.. List(repository)];

    /// <summary>The same for the same files, number and seed. This program's own do not count.</summary>
    public string Stamp(int count, int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{count} {seed}")));
        foreach (string file in _files.Where(each => !each.StartsWith("bench/", StringComparison.Ordinal)))
        {
            var info = new FileInfo(Path.Combine(repository, file));
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file}\n{info.LinkTarget}\n"));
            if (info.LinkTarget is null)
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(info.FullName)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Over what is there.</summary>
    public void CopyTo(string target)
    {
        foreach (string file in _files)
        {
            var source = new FileInfo(Path.Combine(repository, file));
            string copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? target);
            if (source.LinkTarget is { } link)
            {
                File.Delete(copy);
                File.CreateSymbolicLink(copy, link);
            }
            else
            {
                source.CopyTo(copy, overwrite: true);
            }
        }
    }

    private static IEnumerable<string> List(string repository)
    {
        var start = new ProcessStartInfo("git",
            ["-C", repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        { RedirectStandardOutput = true };
        using Process git = Process.Start(start) ?? throw new MutantsException("git does not start");
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
                .Where(file => IsThere(Path.Combine(repository, file)))
            : throw new MutantsException($"git does not list the files of {repository}");
    }

    private static bool IsThere(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
