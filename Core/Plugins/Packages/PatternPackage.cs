using System.IO.Compression;
using NuGet.Packaging;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A downloaded .nupkg, treated as untrusted input.</summary>
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
        FileStream file = PlainFile.Open(path);
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
            if (problem is InvalidDataException
                or IOException
                or NotSupportedException
                or ArgumentException
                or OverflowException)
            {
                throw problems.Damaged(problem.Message.TrimEnd('.'), problem);
            }

            throw;
        }
    }

    /// <summary>Throws unless its .nuspec names the requested package and says that it is a pattern.</summary>
    public void CheckIdentity(string id, NuGetVersion version)
    {
        (string actualId, NuGetVersion actualVersion, IReadOnlyList<string> types) = ReadNuspec();
        if (!string.Equals(actualId, id, StringComparison.OrdinalIgnoreCase) || !actualVersion.Equals(version))
        {
            throw _problems.Damaged($"its .nuspec names {actualId} {actualVersion.ToNormalizedString()}");
        }

        if (!types.Contains(PackageType, StringComparer.OrdinalIgnoreCase))
        {
            throw _problems.NotAPattern(types);
        }
    }

    /// <summary>Unpacks only <c>pattern/</c> into a new folder.</summary>
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
            throw _problems.TooLarge(
                $"it has {_archive.Entries.Count} entries, but only {_limits.Entries} are allowed");
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

    // Unpacked here with a limit, because the library would unpack any size.
    private (string Id, NuGetVersion Version, IReadOnlyList<string> Types) ReadNuspec()
    {
        ZipArchiveEntry[] found =
        [
            .. _archive.Entries.Where(entry => !entry.FullName.Contains('/', StringComparison.Ordinal)
                && entry.FullName.EndsWith(NuspecEnding, StringComparison.OrdinalIgnoreCase)),
        ];
        if (found.Length != 1)
        {
            throw _problems.Damaged($"it has {found.Length} {NuspecEnding} files");
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
            // The library throws all kinds of exceptions for malformed XML.
            throw _problems.Damaged(
                $"{Path.GetFileName(found[0].FullName)} cannot be read: "
                    + $"{problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.')}",
                problem);
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
            throw _problems.TooLarge($"'{entry.FullName}' unpacks to more than the allowed {most} bytes");
        }
        catch (Exception problem) when (problem is InvalidDataException
            or NotSupportedException
            or EndOfStreamException)
        {
            throw _problems.Damaged($"'{entry.FullName}' cannot be unpacked: {problem.Message.TrimEnd('.')}", problem);
        }

        return measured.Length == entry.Length && measured.Crc32 == entry.Crc32
            ? measured.Length
            : throw _problems.Damaged($"'{entry.FullName}' does not match its checksum in the archive (CRC-32)");
    }
}
