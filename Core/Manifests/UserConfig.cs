using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests;

/// <summary>The user's <c>~/.tfgrid-compose/config.yaml</c>.</summary>
/// <param name="Grid">One of <see cref="GridNames.All"/>, or null.</param>
/// <param name="Warnings">Keys without effect.</param>
public sealed record UserConfig(string? Grid, IReadOnlyList<Diagnostic> Warnings)
{
    public const string FileName = "config.yaml";

    /// <summary>The settings in the user's state folder; none where there is no file. Throws <see cref="DiagnosticException"/>.</summary>
    public static UserConfig Load(string stateFolder)
    {
        string file = Path.Combine(stateFolder, FileName);
        if (LocatedYaml.ParseOptionalFile(file) is not LocatedMap root)
        {
            return new UserConfig(Grid: null, []);
        }

        var reader = new TreeReader();
        string? grid = IdentityReader.Grid(root, reader);
        ClosedKeys.Check(root, ["grid"], reader);
        return new UserConfig(grid, Settled.Warnings(reader));
    }
}
