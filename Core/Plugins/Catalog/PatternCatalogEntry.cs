using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.FolderPatterns;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>A plugin's folder, and its problem if it cannot be used.</summary>
public sealed class PatternCatalogEntry
{
    private PatternDeclaration? _declaration;
    private Lazy<FolderDefinition>? _definition;

    /// <summary>The plugin's own folder.</summary>
    public required string Folder { get; init; }

    public PatternKind Kind { get; init; } = PatternKind.Assembly;

    /// <summary>Whether it ships with the tool; false if the user installed it.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>Null if the folder has no readable descriptor.</summary>
    public PluginDescriptor? Descriptor { get; init; }

    /// <summary>Why it cannot be used; null for an active plugin.</summary>
    public Diagnostic? Problem { get; internal set; }

    public bool IsActive => Problem is null;

    /// <summary>The pattern's name, or the folder's if there is no descriptor.</summary>
    public string Name => Descriptor?.Name ?? Path.GetFileName(Folder);

    public string DescriptorPath =>
        Path.Combine(Folder, Kind == PatternKind.Folder ? PatternYaml.FileName : PluginDescriptor.FileName);

    /// <summary>
    /// Changes with the plugin: the assembly's hash or, for a folder, the number of its files and the time of the
    /// newest.
    /// </summary>
    public string Stamp => Kind == PatternKind.Assembly ? Descriptor?.Sha256 ?? "" : FolderStamp(Folder);

    /// <summary>
    /// Options, roles, outputs and commands, read from the descriptor at first use; no assembly is loaded.
    /// </summary>
    public PatternDeclaration Declaration =>
        _declaration ??= Kind == PatternKind.Folder ? Definition.Declaration : DeclarationReader.Read(Folder);

    /// <summary>Warnings for the pattern's author.</summary>
    public IReadOnlyList<Diagnostic> Warnings => Kind == PatternKind.Folder ? Definition.Warnings : [];

    /// <summary>The full definition of a folder pattern, or its problems: read once, at first use.</summary>
    internal FolderDefinition Definition =>
        (_definition ??= new Lazy<FolderDefinition>(() => FolderDefinitionReader.Read(Folder))).Value;

    private static string FolderStamp(string folder)
    {
        long newest = 0;
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            newest = Math.Max(newest, File.GetLastWriteTimeUtc(file).Ticks);
            count++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{count}/{newest}");
    }
}
