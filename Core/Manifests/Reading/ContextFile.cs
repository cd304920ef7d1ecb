using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>A folder's <c>.tfgrid-compose.yaml</c>: the app to use if none is named.</summary>
/// <param name="App">The app's absolute folder; loading the manifest checks whether it exists.</param>
/// <param name="Grid">One of <see cref="GridNames.All"/>, or null.</param>
/// <param name="File">The file itself.</param>
/// <param name="Warnings">Keys without effect.</param>
public sealed record ContextFile(string App, string? Grid, string File, IReadOnlyList<Diagnostic> Warnings)
{
    public const string FileName = ".tfgrid-compose.yaml";

    /// <summary>
    /// The folder's context, or null if it has none. Throws <see cref="DiagnosticException"/> if it is invalid.
    /// </summary>
    public static ContextFile? Find(string folder)
    {
        string file = Path.Combine(folder, FileName);
        return Path.Exists(file) ? Read(LocatedYaml.ParseFile(file), file, Path.GetFullPath(folder)) : null;
    }

    private static ContextFile Read(LocatedMap root, string file, string folder)
    {
        var reader = new TreeReader();
        string? grid = IdentityReader.Grid(root, reader);
        LocatedScalar? app = reader.Scalar(root, "app");
        if (app is null || app.Text.Contains('\0'))
        {
            reader.Error(
                ManifestCodes.ContextWithoutApp,
                $"{file} names no app.",
                "Add a line 'app: PATH', relative to that file.",
                app?.Location ?? root.Entry("app")?.Value.Location ?? root.Location);
        }

        ClosedKeys.Check(root, ["app", "grid"], reader);
        List<Diagnostic> warnings = Settled.Warnings(reader);
        return new ContextFile(Path.GetFullPath(Path.Combine(folder, app?.Text ?? "")), grid, file, warnings);
    }
}
