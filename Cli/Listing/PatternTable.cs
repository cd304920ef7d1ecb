using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Listing;

/// <summary><c>patterns list</c>: one line per pattern, from descriptors, files and the last <c>patterns verify</c>.</summary>
internal static class PatternTable
{
    private const int LongestName = 32;
    private const int LongestVersion = 20;
    private const int Gap = 2;
    private const string Spaces = "                                  ";

    public static string Of(IReadOnlyList<PluginRoot> roots, string verified, bool json)
    {
        IReadOnlyList<PatternCatalogEntry> entries = PluginCatalog.Scan(roots).Entries;
        var memory = VerifyMemory.Load(verified);
        return json ? Json(entries, memory) : Text(entries, memory);
    }

    private static string Text(IReadOnlyList<PatternCatalogEntry> entries, VerifyMemory memory)
    {
        int names = "NAME".Length;
        int versions = "VERSION".Length;
        foreach (PatternCatalogEntry entry in entries)
        {
            names = Math.Max(names, Math.Min(entry.Name.Length, LongestName));
            versions = Math.Max(versions, Math.Min(VersionOf(entry).Length, LongestVersion));
        }

        var text = new StringBuilder();
        Cell(text, "NAME", names);
        Cell(text, "VERSION", versions);
        text.Append("DESCRIPTION\n");
        foreach (PatternCatalogEntry entry in entries)
        {
            Cell(text, PlainText.Line(entry.Name), names);
            Cell(text, PlainText.Line(VersionOf(entry)), versions);
            string last = ProblemOf(entry, memory) is { } problem ? $"not usable: {problem}" : entry.Descriptor?.Description ?? "";
            text.Append(PlainText.Line(last)).Append('\n');
        }

        return text.ToString();
    }

    private static string VersionOf(PatternCatalogEntry entry) => entry.Descriptor?.Version ?? "-";

    private static string? ProblemOf(PatternCatalogEntry entry, VerifyMemory memory) => entry.Problem is { } problem
        ? $"{problem.Message} [{problem.Code}]"
        : memory.ResultOf(entry) is { Length: > 0 } remembered ? remembered : null;

    // Not PadRight, which would have to be compiled first.
    private static void Cell(StringBuilder text, string value, int width) =>
        text.Append(value).Append(Spaces, 0, Math.Max(1, width + Gap - value.Length));

    private static string Json(IReadOnlyList<PatternCatalogEntry> entries, VerifyMemory memory)
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
                writer.WriteString("problem", ProblemOf(entry, memory));
                writer.WriteString("verified", memory.ResultOf(entry) switch { null => null, "" => "passed", _ => "failed" });
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
