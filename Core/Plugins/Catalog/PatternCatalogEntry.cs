using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.FolderPatterns;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>A plugin's folder and what stands in the way of using it.</summary>
public sealed class PatternCatalogEntry
{
    private PatternDeclaration? _declaration;
    private FolderDefinition? _definition;

    /// <summary>The plugin's own folder.</summary>
    public required string Folder { get; init; }

    public PatternKind Kind { get; init; } = PatternKind.Assembly;

    /// <summary>Ships with the tool; false: the user installed it.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>Null where the folder has no readable descriptor.</summary>
    public PluginDescriptor? Descriptor { get; init; }

    /// <summary>Null: active.</summary>
    public Diagnostic? Problem { get; internal set; }

    public bool IsActive => Problem is null;

    /// <summary>The pattern's name; the folder's where no descriptor says one.</summary>
    public string Name => Descriptor?.Name ?? Path.GetFileName(Folder);

    public string DescriptorPath => Path.Combine(Folder, Kind == PatternKind.Folder ? PatternYaml.FileName : PluginDescriptor.FileName);

    /// <summary>Changes when the plugin does: the assembly's hash; for a folder, how many files it has and when the last one was written.</summary>
    public string Stamp => Kind == PatternKind.Assembly ? Descriptor?.Sha256 ?? "" : FolderStamp(Folder);

    /// <summary>Options, roles, outputs and commands, read from the descriptor at first use; no assembly is loaded.</summary>
    public PatternDeclaration Declaration => _declaration ??= Kind == PatternKind.Folder ? Definition.Declaration : DeclarationReader.Read(Folder);

    /// <summary>What is worth a word to the pattern's author.</summary>
    public IReadOnlyList<Diagnostic> Warnings => Kind == PatternKind.Folder ? Definition.Warnings : [];

    /// <summary>All of a folder pattern, read at first use.</summary>
    internal FolderDefinition Definition => _definition ??= FolderDefinitionReader.Read(Folder);

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
