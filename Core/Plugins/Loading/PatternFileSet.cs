using System.Security.Cryptography;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>The pattern's files in one folder (<c>infrastructure</c> or <c>platform</c>), read once.</summary>
public sealed class PatternFileSet
{
    private readonly IReadOnlyList<(string RelativePath, byte[] Content)> _files;

    private PatternFileSet(IReadOnlyList<(string RelativePath, byte[] Content)> files) => _files = files;

    public static PatternFileSet Of(IPattern pattern, string folder)
    {
        string prefix = $"{folder}/";
        return new([.. pattern.Files
            .Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(file => (file.Path[prefix.Length..], Read(file)))]);
    }

    public string Inputs => Fingerprint.Of(_files.SelectMany(file => new[] { file.RelativePath, HashOf(file.Content) }));

    /// <summary>The hash of each file, by its path in the folder.</summary>
    public IEnumerable<KeyValuePair<string, string>> Hashes =>
        _files.Select(file => KeyValuePair.Create(file.RelativePath, HashOf(file.Content)));

    /// <summary>
    /// Writes the files and removes those of an earlier version of the pattern. Files of tools are kept.
    /// </summary>
    public void ExtractTo(string folder, Func<string, bool> isPatternFile)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        HashSet<string> written = [];
        foreach ((string relative, byte[] content) in _files)
        {
            string target = Path.GetFullPath(Path.Combine(root, relative));
            if (!target.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"the pattern's file '{relative}' is outside its folder");
            }

            PrivateFile.CreateFolder(Path.GetDirectoryName(target) ?? root);
            File.WriteAllBytes(target, content);
            File.SetUnixFileMode(target, ModeOf(relative));
            written.Add(target);
        }

        foreach (string stale in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => isPatternFile(path) && !written.Contains(path))
            .ToList())
        {
            File.Delete(stale);
        }
    }

    // Embedded files have no mode; only scripts need one.
    private static UnixFileMode ModeOf(string path) => UnixFileMode.UserRead | UnixFileMode.UserWrite
        | (path.EndsWith(".sh", StringComparison.Ordinal) ? UnixFileMode.UserExecute : UnixFileMode.None);

    private static string HashOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private static byte[] Read(PatternFile file)
    {
        using Stream stream = file.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
