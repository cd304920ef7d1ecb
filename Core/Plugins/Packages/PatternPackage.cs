using System.IO.Compression;
using NuGet.Packaging;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A fetched .nupkg, read as something that anybody may have made.</summary>
internal sealed class PatternPackage : IDisposable
{
    public const string PackageType = "TfgridComposePattern";
    public const string Folder = "pattern/";

    private const string NuspecEnding = ".nuspec";

    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly PackageProblems _problems;
    private readonly PackageLimits _limits;

    private PatternPackage(FileStream file, ZipArchive archive, PackageProblems problems, PackageLimits limits)
    {
        _file = file;
        _archive = archive;
        _problems = problems;
        _limits = limits;
    }

    public static PatternPackage Open(string path, PackageProblems problems, PackageLimits limits)
    {
        FileStream file = File.OpenRead(path);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var package = new PatternPackage(file, archive, problems, limits);
            package.CheckEntries();
            return package;
        }
        catch (Exception problem)
        {
            archive?.Dispose();
            file.Dispose();
            if (problem is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
            {
                throw problems.Damaged(problem.Message.TrimEnd('.'), problem);
            }

            throw;
        }
    }

    /// <summary>It must be what was asked for, by its own word, and a pattern.</summary>
    public void CheckIdentity(string id, NuGetVersion version)
    {
        (string actualId, NuGetVersion actualVersion, IReadOnlyList<string> types) = ReadNuspec();
        if (!string.Equals(actualId, id, StringComparison.OrdinalIgnoreCase) || !actualVersion.Equals(version))
        {
            throw _problems.Damaged($"it says that it is {actualId} {actualVersion.ToNormalizedString()}");
        }

        if (!types.Contains(PackageType, StringComparer.OrdinalIgnoreCase))
        {
            throw _problems.NotAPattern(types);
        }
    }

    /// <summary>Unpacks <c>pattern/</c>, and nothing else, into a new folder.</summary>
    public void Unpack(string target, CancellationToken cancellation)
    {
        PrivateFile.CreateFolder(target);
        long left = _limits.TotalBytes;
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = EntryNames.PathOf(entry);
            if (path.StartsWith(Folder, StringComparison.Ordinal) && !EntryNames.IsFolder(path))
            {
                string file = Path.Combine(target, path[Folder.Length..]);
                PrivateFile.CreateFolder(Path.GetDirectoryName(file) ?? target);
                using FileStream output = PrivateFile.Open(file, FileMode.CreateNew);
                left -= Copy(entry, output, Math.Min(_limits.FileBytes, left));
            }
        }
    }

    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }

    private void CheckEntries()
    {
        if (_archive.Entries.Count > _limits.Entries)
        {
            throw _problems.TooLarge($"it holds {_archive.Entries.Count} entries, and {_limits.Entries} are allowed");
        }

        var names = new EntryNames();
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (names.Objection(entry) is { } objection)
            {
                throw _problems.UnsafeEntry(entry.FullName, objection);
            }
        }
    }

    // The descriptor is bounded and read by us first: the library would unpack whatever size it has.
    private (string Id, NuGetVersion Version, IReadOnlyList<string> Types) ReadNuspec()
    {
        ZipArchiveEntry[] found =
        [
            .. _archive.Entries.Where(entry => !entry.FullName.Contains('/', StringComparison.Ordinal) && entry.FullName.EndsWith(NuspecEnding, StringComparison.OrdinalIgnoreCase)),
        ];
        if (found.Length != 1)
        {
            throw _problems.Damaged($"it holds {found.Length} {NuspecEnding} files");
        }

        using var content = new MemoryStream();
        Copy(found[0], content, _limits.NuspecBytes);
        content.Position = 0;
        try
        {
            var nuspec = new NuspecReader(content);
            return (nuspec.GetId(), nuspec.GetVersion(), [.. nuspec.GetPackageTypes().Select(type => type.Name)]);
        }
        catch (Exception problem)
        {
            // Whatever the library makes of somebody's XML.
            throw _problems.Damaged($"{Path.GetFileName(found[0].FullName)} cannot be read: {problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.')}", problem);
        }
    }

    private long Copy(ZipArchiveEntry entry, Stream target, long most)
    {
        var measured = new MeasuredStream(target, most);
        try
        {
            using Stream content = entry.Open();
            content.CopyTo(measured);
        }
        catch (Exception) when (measured.IsExceeded)
        {
            throw _problems.TooLarge($"'{entry.FullName}' unpacks to more than the {most} bytes that it may have");
        }
        catch (Exception problem) when (problem is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw _problems.Damaged($"'{entry.FullName}' cannot be unpacked: {problem.Message.TrimEnd('.')}", problem);
        }

        return measured.Length == entry.Length && measured.Crc32 == entry.Crc32 ? measured.Length : throw _problems.Damaged($"'{entry.FullName}' is not what the archive says (CRC-32)");
    }
}
