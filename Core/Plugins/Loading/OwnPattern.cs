using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// The pattern that an app names by its folder. Its files are read once, so that exactly what the user agreed to runs, whatever
/// happens to the folder meanwhile.
/// </summary>
public sealed class OwnPattern
{
    private static readonly EnumerationOptions NoLinks =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly Lazy<IReadOnlyList<OwnPatternFile>> _files;

    private OwnPattern(PatternCatalogEntry entry)
    {
        Entry = entry;
        _files = new(() => entry.Kind == PatternKind.Folder ? OfDefinition(entry) : OfAssembly(entry));
    }

    public PatternCatalogEntry Entry { get; }

    /// <summary>Empty if the pattern has a problem; throws if its files have one. In both cases it does not run.</summary>
    public IReadOnlyList<OwnPatternFile> Files => _files.Value;

    /// <summary>Null if the manifest names an installed pattern by its name.</summary>
    public static OwnPattern? Open(string? folder) => folder is null ? null : new OwnPattern(PluginCatalog.Open(folder));

    /// <summary>
    /// The pattern to load. An assembly is loaded from a copy below <paramref name="copies"/>, because the runtime may read
    /// its files at any time.
    /// </summary>
    /// <param name="copies">A folder that only the user can write to.</param>
    /// <param name="content">The hash of all of its files.</param>
    public PatternCatalogEntry Agreed(string copies, string content)
    {
        if (Entry.Kind == PatternKind.Folder || Entry.Problem is not null)
        {
            return Entry;
        }

        IReadOnlyList<OwnPatternFile> files = Files;
        string copy = Path.Combine(copies, content);
        if (!Directory.Exists(copy))
        {
            string staged = Path.Combine(copies, $".{Guid.NewGuid():N}");
            Write(files, staged);
            PutInPlace(staged, copy);
            RemoveUnused(copies, copy);
        }

        Directory.SetLastWriteTimeUtc(copy, DateTime.UtcNow);

        return PluginCatalog.Open(copy);
    }

    private static void Write(IReadOnlyList<OwnPatternFile> files, string folder)
    {
        foreach (OwnPatternFile file in files)
        {
            string target = Path.Combine(folder, file.Path);
            PrivateFile.CreateFolder(Path.GetDirectoryName(target) ?? folder);
            using FileStream to = PrivateFile.Open(target, FileMode.CreateNew);
            to.Write(file.Content);
            File.SetUnixFileMode(target, file.Mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // Another run may have been quicker.
    private static void PutInPlace(string staged, string copy)
    {
        try
        {
            Directory.Move(staged, copy);
        }
        catch (IOException) when (Directory.Exists(copy))
        {
            Directory.Delete(staged, recursive: true);
        }
    }

    // Another process may still run from a copy that was used today. A copy is renamed before it is deleted, so that no
    // partial copy is ever used. A name that begins with a dot marks such a leftover, or that of a killed run.
    private static void RemoveUnused(string copies, string used)
    {
        DateTime dayAgo = DateTime.UtcNow - TimeSpan.FromDays(1);
        foreach (string old in Directory.GetDirectories(copies)
            .Where(each => each != used && Directory.GetLastWriteTimeUtc(each) < dayAgo))
        {
            try
            {
                string gone = Path.Combine(copies, $".{Guid.NewGuid():N}");
                Directory.Move(old, gone);
                Directory.Delete(gone, recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Another run is doing the same, or the next one will.
            }
        }
    }

    // Reads the definition in the same cases as PatternHost, and no others.
    private static IReadOnlyList<OwnPatternFile> OfDefinition(PatternCatalogEntry entry) =>
        entry is { Descriptor: not null, Problem: { Code: not FolderPatternCodes.NoMainFile } }
            ? []
            : [
                new(PatternYaml.FileName, Encoding.UTF8.GetBytes(entry.Definition.Text)),
                .. entry.Definition.Files.Select(file => new OwnPatternFile(file.Path, Read(file))),
            ];

    private static byte[] Read(PatternFile file)
    {
        using Stream stream = file.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // Links are left out. The copy then lacks what they name, and the pattern fails to load.
    private static IReadOnlyList<OwnPatternFile> OfAssembly(PatternCatalogEntry entry)
    {
        if (entry.Problem is not null)
        {
            return [];
        }

        try
        {
            return [.. new DirectoryInfo(entry.Folder)
                .EnumerateFiles("*", NoLinks)
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
                .Select(file => new OwnPatternFile(
                    Path.GetRelativePath(entry.Folder, file.FullName), PlainFile.ReadBytes(file.FullName)) { Mode = file.UnixFileMode })];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                FolderPatternCodes.FileRefused,
                $"The pattern {entry.Folder} cannot be read: {refused.Message}",
                "give this user the right to read it");
        }
    }
}
