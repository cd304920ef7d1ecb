using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>The version of one of our JSON objects, readable even if a newer version changed everything else.</summary>
/// <param name="Schema">1 if the object does not say.</param>
/// <param name="WrittenBy">The version of tfgrid-compose that wrote it, or null.</param>
internal readonly record struct SchemaMark(int Schema, string? WrittenBy)
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Throws <see cref="JsonException"/> if the text is not a JSON object.</summary>
    public static SchemaMark Of(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Lenient);
        var mark = new SchemaMark(1, null);
        reader.Read();
        while (reader.TokenType == JsonTokenType.StartObject || reader.CurrentDepth > 0)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            {
                break;
            }

            string name = TextOf(reader);
            reader.Read();
            mark = (name, reader.TokenType) switch
            {
                ("schema", JsonTokenType.Number) when reader.TryGetInt32(out int schema) =>
                    mark with { Schema = schema },
                ("written_by", JsonTokenType.String) => mark with { WrittenBy = TextOf(reader) },
                _ => mark,
            };
            reader.Skip();
        }

        return mark;
    }

    private static string TextOf(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException invalid)
        {
            // Half a surrogate pair.
            throw new JsonException(invalid.Message, invalid);
        }
    }

    /// <summary>TFC0705: files written by a newer version are left alone.</summary>
    public DiagnosticException Newer(string what, int known) => new(
        ExitCode.Conflict,
        StateCodes.NewerSchema,
        $"{what} was written by {(WrittenBy is null ? "a newer tfgrid-compose" : $"tfgrid-compose {WrittenBy}")} and "
            + $"has schema {Schema}; this version reads up to {known}.",
        WrittenBy is null
            ? "use the version of tfgrid-compose that wrote it, or a newer one"
            : $"use tfgrid-compose {WrittenBy} or a newer one");
}
