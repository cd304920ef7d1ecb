using System.IO.Compression;
using System.Text;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Checks the names and kinds of all entries of an archive, even of those that are not unpacked: one hostile entry
/// condemns the package.
/// </summary>
internal sealed class EntryNames
{
    private const int LongestPart = 255;
    private const int LongestPath = 1000;
    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int FolderKind = 0x4000;

    // Ignores case: on many file systems, names that differ only in case are the same file.
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry's path. Packages escape unusual characters, so <c>%2e%2e</c> means <c>..</c> too.</summary>
    public static string PathOf(ZipArchiveEntry entry) =>
        entry.FullName.Contains('%', StringComparison.Ordinal)
            ? Uri.UnescapeDataString(entry.FullName)
            : entry.FullName;

    public static bool IsFolder(string path) => path.EndsWith('/');

    /// <summary>Why the entry is refused, or null.</summary>
    public string? Objection(ZipArchiveEntry entry)
    {
        string path = PathOf(entry);
        return ObjectionToPath(path.TrimEnd('/'))
            ?? ObjectionToKind(entry, path)
            ?? ObjectionToReceipt(path)
            ?? ObjectionToPlace(path);
    }

    private static string? ObjectionToPath(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return $"is not 1 to {LongestPath} characters long";
        }

        if (path.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '\uFFFD' || char.IsSurrogate(letter)))
        {
            return "contains a character that is not allowed in a package's path";
        }

        return Array.Exists(
            path.Split('/'), part => part is "" or "." or ".." || Encoding.UTF8.GetByteCount(part) > LongestPart)
            ? "is not a plain relative path"
            : null;
    }

    private static string? ObjectionToReceipt(string path) =>
        $"{path}/".StartsWith($"{PatternPackage.Folder}{PluginsFolder.Receipt}/", StringComparison.OrdinalIgnoreCase)
            ? "has the name of the installation's own record"
            : null;

    private static string? ObjectionToKind(ZipArchiveEntry entry, string path)
    {
        int kind = (entry.ExternalAttributes >> 16) & KindMask;
        if (entry.IsEncrypted)
        {
            return "is encrypted";
        }

        return kind == 0 || kind == (IsFolder(path) ? FolderKind : RegularKind)
            ? null
            : "is neither a file nor a folder but a link or a device";
    }

    private string? ObjectionToPlace(string path)
    {
        string trimmed = path.TrimEnd('/');
        bool isNew = IsFolder(path) ? !_files.Contains(trimmed) : _files.Add(trimmed) && !_folders.Contains(trimmed);
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            _folders.Add(path[..slash]);
            isNew &= !_files.Contains(path[..slash]);
        }

        return isNew ? null : "occurs twice, ignoring case";
    }
}
