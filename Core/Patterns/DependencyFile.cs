using System.Text;
using System.Text.Json;

namespace TfgridCompose.Core.Patterns;

/// <summary>
/// Checks that what an assembly's <c>.deps.json</c> promises is there. Without this a plugin whose private dependency is missing would
/// silently run the host's version of it.
/// </summary>
internal static class DependencyFile
{
    /// <summary>The first missing file, or null. A plugin without a deps file has no private dependency.</summary>
    public static string? MissingAsset(string folder, string assembly)
    {
        string path = Path.Combine(folder, Path.ChangeExtension(assembly, ".deps.json"));
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] json = File.ReadAllBytes(path);
        if (AllNamedLibrariesAreThere(folder, json))
        {
            return null;
        }

        try
        {
            return MissingAsset(folder, new Utf8JsonReader(json));
        }
        catch (JsonException)
        {
            return $"a valid {Path.GetFileName(path)}";
        }
    }

    // Every text that ends in .dll names an asset, and most plugins have all of them: the real reader is started only where one is not found.
    // Native assets of other names are for it too.
    private static bool AllNamedLibrariesAreThere(string folder, ReadOnlySpan<byte> json)
    {
        int start = 0;
        for (int i = 1; i < json.Length; i++)
        {
            if (json[i] != '"')
            {
                continue;
            }

            ReadOnlySpan<byte> text = json[start..i];
            start = i + 1;
            if (EndsWith(text, ".so"u8) || EndsWith(text, ".dylib"u8)
                || (EndsWith(text, ".dll"u8) && !File.Exists(Path.Combine(folder, Path.GetFileName(Encoding.UTF8.GetString(text))))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        for (int i = 1; i <= end.Length; i++)
        {
            if (text.Length < end.Length || text[^i] != end[^i])
            {
                return false;
            }
        }

        return true;
    }

    // Assets stand in targets > framework > library > runtime | runtimeTargets | native, as the names of properties.
    private static string? MissingAsset(string folder, Utf8JsonReader reader)
    {
        const int GroupDepth = 4;
        bool inTargets = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                inTargets = reader.ValueTextEquals("targets"u8);
            }
            else if (inTargets && reader.CurrentDepth == GroupDepth)
            {
                bool flat = reader.ValueTextEquals("runtime"u8) || reader.ValueTextEquals("native"u8);
                if (!flat && !reader.ValueTextEquals("runtimeTargets"u8))
                {
                    reader.Skip();
                }
                else if (MissingIn(folder, ref reader, flat) is { } missing)
                {
                    return missing;
                }
            }
        }

        return null;
    }

    // Portable and native assets are flattened into the folder; those of a RID keep their path.
    private static string? MissingIn(string folder, ref Utf8JsonReader reader, bool flat)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string asset = reader.GetString() ?? "";
            string file = flat ? Path.GetFileName(asset) : asset;
            reader.Skip();
            if (!File.Exists(Path.Combine(folder, file)))
            {
                return file;
            }
        }

        return null;
    }
}
