using System.Diagnostics.CodeAnalysis;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>
/// All plugins in the given roots, from their descriptors alone. <c>patterns list</c> and completion use it, so it
/// avoids LINQ, MEF, McMaster and YAML: loading these takes longer than the whole listing.
/// </summary>
public sealed class PluginCatalog
{
    // From this number on, two threads read them.
    private const int Many = 16;

    private readonly List<PatternCatalogEntry> _entries = [];
    private readonly Dictionary<string, PatternCatalogEntry> _byName = new(StringComparer.Ordinal);

    private PluginCatalog()
    {
    }

    /// <summary>Active and broken plugins, ordered by root and then by folder name.</summary>
    public IReadOnlyList<PatternCatalogEntry> Entries => _entries;

    /// <summary>
    /// If two plugins have the same name, the one in the earlier root wins, so the built-in root comes first.
    /// </summary>
    public static PluginCatalog Scan(IReadOnlyList<PluginRoot> roots)
    {
        var catalog = new PluginCatalog();
        foreach (PluginRoot root in roots)
        {
            catalog.Scan(root);
        }

        return catalog;
    }

    /// <summary>One plugin from its own folder, in any place.</summary>
    public static PatternCatalogEntry Open(string folder)
    {
        var catalog = new PluginCatalog();
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (PluginReader.Read(full, builtIn: false) is { } entry)
        {
            catalog.AddNamed(entry);
        }

        return catalog._entries.Count > 0
            ? catalog._entries[0]
            : new() { Folder = full, BuiltIn = false, Problem = PluginProblems.NoDescriptor(full) };
    }

    public bool TryFind(string name, [NotNullWhen(true)] out PatternCatalogEntry? entry) =>
        _byName.TryGetValue(name, out entry);

    /// <summary>The active plugin of that name. Throws its problem, or a suggestion of similar names.</summary>
    public PatternCatalogEntry Require(string name)
    {
        if (!TryFind(name, out PatternCatalogEntry? entry))
        {
            throw new DiagnosticException(ExitCode.Pattern, [UnknownPattern.Named(name, this)]);
        }

        return entry.Problem is null ? entry : throw new DiagnosticException(ExitCode.Pattern, [entry.Problem]);
    }

    private void Scan(PluginRoot root)
    {
        string[] folders;
        try
        {
            folders = Directory.Exists(root.Path) ? Directory.GetDirectories(root.Path) : [];
            Array.Sort(folders, string.CompareOrdinal);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Add(new()
            {
                Folder = root.Path,
                BuiltIn = root.BuiltIn,
                Problem = PluginProblems.RootUnreadable(root.Path, refused.Message),
            });
            return;
        }

        foreach (PatternCatalogEntry? entry in Read(folders, root.BuiltIn))
        {
            if (entry is not null)
            {
                AddNamed(entry);
            }
        }
    }

    private static PatternCatalogEntry?[] Read(string[] folders, bool builtIn)
    {
        var entries = new PatternCatalogEntry?[folders.Length];
        Halves.Run(folders.Length, Many, (from, to) => Read(folders, builtIn, entries, from, to));
        return entries;
    }

    private static void Read(string[] folders, bool builtIn, PatternCatalogEntry?[] entries, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            // A name that begins with a dot marks an installation in progress.
            entries[i] = Path.GetFileName(folders[i].AsSpan()).StartsWith('.')
                ? null
                : PluginReader.Read(folders[i], builtIn);
        }
    }

    private void AddNamed(PatternCatalogEntry entry)
    {
        if (entry.Descriptor is not null
            && _byName.TryGetValue(entry.Name, out PatternCatalogEntry? owner)
            && owner.Descriptor is not null)
        {
            entry.Problem = PluginProblems.NameTaken(entry.Name, entry.Folder, owner.Folder, owner.BuiltIn);
        }

        Add(entry);
    }

    // A broken plugin keeps its name: its user must see the problem, not get another plugin of the same name.
    private void Add(PatternCatalogEntry entry)
    {
        _entries.Add(entry);
        if (!_byName.TryGetValue(entry.Name, out PatternCatalogEntry? owner)
            || (owner.Descriptor is null && entry.Descriptor is not null))
        {
            _byName[entry.Name] = entry;
        }
    }
}
