using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Installed, updated and removed patterns, for people and for scripts.</summary>
internal static class PackageView
{
    private const int NameWidth = 10;

    public static string Text(InstalledPattern installed)
    {
        LockedPattern entry = installed.Entry;
        var text = new StringBuilder();
        Line(
            text,
            "pattern",
            $"{entry.Name} {installed.Pattern.Descriptor?.Version}"
                + $"{(installed.Former is { } former && former != entry.Version ? $" (package before: {former})" : "")}");
        Line(text, "package", $"{entry.Package} {entry.Version}");
        Line(text, "source", entry.Source);
        Line(text, "signature", Signature(installed));
        Line(text, "contract", installed.Pattern.Descriptor?.Contract ?? "-");
        return text.ToString();
    }

    public static string Text(IReadOnlyList<PatternUpdate> updates) => updates.Count == 0
        ? "no pattern came from a package\n"
        : string.Concat(updates.Select(update => update.Installed is { } installed
            ? $"{update.Former.Name}: {Change(update.Former.Version, installed.Entry.Version)}, {Signature(installed)}\n"
            : $"{update.Former.Name}: {update.Former.Version} is up to date\n"));

    public static string Text(RemovablePattern pattern) =>
        $"removed {pattern.Name}{(pattern.Entry is { } entry ? $" ({entry.Package} {entry.Version})" : "")}\n";

    public static string Json(InstalledPattern installed) => Json(writer => Write(writer, installed));

    public static string Json(IReadOnlyList<PatternUpdate> updates) => Json(writer =>
    {
        writer.WriteStartArray();
        foreach (PatternUpdate update in updates)
        {
            writer.WriteStartObject();
            writer.WriteString("name", update.Former.Name);
            writer.WriteString("package", update.Former.Package);
            writer.WriteString("from", update.Former.Version);
            writer.WriteString("to", update.Installed?.Entry.Version ?? update.Former.Version);
            writer.WriteBoolean("updated", update.Installed is not null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static string Json(RemovablePattern pattern) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", pattern.Name);
        writer.WriteString("folder", pattern.Folder);
        writer.WriteString("package", pattern.Entry?.Package);
        writer.WriteString("package_version", pattern.Entry?.Version);
        writer.WriteStartArray("deployments");
        foreach (IndexEntry deployment in pattern.Deployments)
        {
            writer.WriteStringValue(deployment.Id);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, InstalledPattern installed)
    {
        LockedPattern entry = installed.Entry;
        writer.WriteStartObject();
        writer.WriteString("name", entry.Name);
        writer.WriteString("version", installed.Pattern.Descriptor?.Version);
        writer.WriteString("contract", installed.Pattern.Descriptor?.Contract);
        writer.WriteString("folder", installed.Pattern.Folder);
        writer.WriteString("package", entry.Package);
        writer.WriteString("package_version", entry.Version);
        writer.WriteString("former_package_version", installed.Former);
        writer.WriteString("source", entry.Source);
        writer.WriteString("sha512", entry.Sha512);
        writer.WriteBoolean("signed", installed.Signer is not null);
        writer.WriteString("signed_by", installed.Signer?.Fingerprint);
        writer.WriteBoolean("author_trusted", installed.IsAuthorTrusted);
        writer.WriteEndObject();
    }

    // The same version comes again where its folder was gone.
    private static string Change(string from, string to) => from == to ? $"{to} installed again" : $"{from} -> {to}";

    private static string Signature(InstalledPattern installed) => installed.Signer switch
    {
        null => "not signed",
        { } signer when installed.IsAuthorTrusted => $"by {signer.Subject}, a trusted author",
        { } signer => $"intact; it says {signer.Subject}, which nobody vouches for (patterns.trusted_authors lists nobody)",
    };

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(name.PadRight(NameWidth)).Append("  ").Append(value).Append('\n');

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
