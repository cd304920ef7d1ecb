using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Descriptors;

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
    public static string? MissingAsset(string folder, string assembly, FileBuffer buffer)
    {
        string path = Path.Combine(folder, Path.ChangeExtension(assembly, ".deps.json"));
        return buffer.TryRead(path, out ReadOnlySpan<byte> json)
            ? MissingAsset(folder, path, new PlainJson(json))
            : null;
    }

    private static string? MissingAsset(string folder, string path, PlainJson json)
    {
        string invalid = $"a valid {Path.GetFileName(path)}";
        if (json.Peek() != '{')
        {
            return invalid;
        }

        int depth = 0;
        bool inTargets = false;
        Group group = Group.Other;
        while (json.Next() is var token && token != 0)
        {
            depth += token is (byte)'{' or (byte)'[' ? 1 : token is (byte)'}' or (byte)']' ? -1 : 0;
            if (token != '"')
            {
                continue;
            }

            if (!json.TryText(out ReadOnlySpan<byte> text, out bool hasEscapes))
            {
                break;
            }

            bool isName = json.Peek() == ':';
            inTargets = isName && depth == 1 ? text.SequenceEqual("targets"u8) : inTargets;
            group = isName && depth == GroupDepth ? GroupOf(text) : group;
            if (isName
                && inTargets
                && depth == GroupDepth + 1
                && group != Group.Other
                && Missing(folder, text, hasEscapes, group) is { } missing)
            {
                return missing;
            }
        }

        return depth == 0 ? null : invalid;
    }

    private static Group GroupOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("runtime"u8) || name.SequenceEqual("native"u8) ? Group.Flat
        : name.SequenceEqual("runtimeTargets"u8) ? Group.OfPlatforms
        : Group.Other;

    private static string? Missing(string folder, ReadOnlySpan<byte> name, bool hasEscapes, Group group)
    {
        string asset = hasEscapes ? Unescaped(name) : Encoding.UTF8.GetString(name);
        string file = group == Group.Flat ? Path.GetFileName(asset) : asset;
        return File.Exists(Path.Combine(folder, file)) ? null : file;
    }

    // A separate method, so that a listing without such a name does not load System.Text.Json.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Unescaped(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<string>($"\"{Encoding.UTF8.GetString(text)}\"") ?? "";
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(text);
        }
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
