using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>The optional <c>schema</c>: the version of the manifest's keys.</summary>
internal static class ManifestSchema
{
    private const int Current = 1;

    /// <summary>
    /// Throws <see cref="DiagnosticException"/> with this problem alone, because this version cannot validate a newer
    /// manifest.
    /// </summary>
    public static void Require(LocatedMap root)
    {
        var reader = new TreeReader();
        int? schema = reader.Integer(root, "schema");
        SourceLocation? location = root.Entry("schema")?.Value.Location;
        if (schema > Current)
        {
            reader.Error(
                ManifestCodes.NewerManifest,
                $"The manifest has schema {schema}; this version of tfgrid-compose reads schema {Current}.",
                "Use a newer tfgrid-compose.", location);
        }
        else if (schema < Current)
        {
            reader.Error(
                ManifestCodes.WrongType,
                $"'schema' must be {Current}, not {schema}.",
                $"Write 'schema: {Current}', or leave it out.",
                location);
        }

        _ = Settled.Warnings(reader);
    }
}
