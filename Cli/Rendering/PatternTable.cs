using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Patterns;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>patterns list</c>: a line a pattern, from descriptors alone.</summary>
internal static class PatternTable
{
    private const int LongestName = 32;
    private const int VersionWidth = 8;
    private const int Gap = 2;

    public static string Of(IReadOnlyList<PluginRoot> roots, bool json)
    {
        IReadOnlyList<PatternCatalogEntry> entries = PluginCatalog.Scan(roots).Entries;
        return json ? Json(entries) : Text(entries);
    }

    private static string Text(IReadOnlyList<PatternCatalogEntry> entries)
    {
        int width = 4;
        foreach (PatternCatalogEntry entry in entries)
        {
            width = Math.Max(width, Math.Min(entry.Name.Length, LongestName));
        }

        var text = new StringBuilder();
        Cell(text, "NAME", width);
        Cell(text, "VERSION", VersionWidth);
        text.Append("DESCRIPTION\n");
        foreach (PatternCatalogEntry entry in entries)
        {
            Cell(text, entry.Name, width);
            Cell(text, entry.Descriptor?.Version ?? "-", VersionWidth);
            text.Append(entry.Problem is { } problem ? $"not usable: {problem.Message} [{problem.Code}]" : entry.Descriptor?.Description).Append('\n');
        }

        return text.ToString();
    }

    // By hand: PadRight is compiled for this processor at its first use, which costs more than the table.
    private static void Cell(StringBuilder text, string value, int width)
    {
        text.Append(value);
        for (int i = value.Length; i < width + Gap; i++)
        {
            text.Append(' ');
        }
    }

    private static string Json(IReadOnlyList<PatternCatalogEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (PatternCatalogEntry entry in entries)
            {
                writer.WriteStartObject();
                writer.WriteString("name", entry.Name);
                writer.WriteString("version", entry.Descriptor?.Version);
                writer.WriteString("description", entry.Descriptor?.Description);
                writer.WriteBoolean("built_in", entry.BuiltIn);
                writer.WriteString("contract", entry.Descriptor?.Contract);
                writer.WriteString("folder", entry.Folder);
                writer.WriteString("problem", entry.Problem?.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
