using System.Text;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>
/// Checks that the files in an assembly's <c>.deps.json</c> exist. Without this check, a plugin whose private
/// dependency is missing would silently use the host's version of it.
/// </summary>
internal static class DependencyFile
{
    // Assets are the property names in targets > framework > library > runtime | runtimeTargets | native.
    private const int GroupDepth = 4;

    /// <summary>The first missing file, or null. A plugin without a deps file has no private dependencies.</summary>
    public static string? MissingAsset(string folder, string assembly)
    {
        string path = Path.Combine(folder, Path.ChangeExtension(assembly, ".deps.json"));
        if (!File.Exists(path))
        {
            return null;
        }

        var json = new PlainJson(PlainFile.ReadBytes(path));
        bool inTargets = false;
        Group group = Group.Other;
        while (json.Next())
        {
            inTargets = json.Depth == 1 ? json.Name.SequenceEqual("targets"u8) : inTargets;
            group = json.Depth == GroupDepth ? GroupOf(json.Name) : group;
            if (json.Depth == GroupDepth + 1 && inTargets && group != Group.Other
                && FileOf(json.Name, group) is var file && file != assembly
                && !File.Exists(Path.Combine(folder, file)))
            {
                return file;
            }
        }

        return json.IsWhole ? null : $"a valid {Path.GetFileName(path)}";
    }

    private static Group GroupOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("runtime"u8) || name.SequenceEqual("native"u8) ? Group.Flat
        : name.SequenceEqual("runtimeTargets"u8) ? Group.OfPlatforms
        : Group.Other;

    private static string FileOf(ReadOnlySpan<byte> name, Group group)
    {
        string asset = JsonString.Text(name) ?? Encoding.UTF8.GetString(name);
        return group == Group.Flat ? Path.GetFileName(asset) : asset;
    }

    private enum Group
    {
        Other,

        /// <summary>Files copied directly into the plugin's folder.</summary>
        Flat,

        /// <summary>Platform-specific files, which keep their path.</summary>
        OfPlatforms,
    }
}
