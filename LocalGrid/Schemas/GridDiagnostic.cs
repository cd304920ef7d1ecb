namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>A problem for Terraform to print; <paramref name="Path"/> (names and list indexes) lets it show the source line.</summary>
internal sealed record GridDiagnostic(string Summary, string Detail, object[] Path)
{
    public bool IsWarning { get; init; }

    public static GridDiagnostic Error(string summary, string detail, params object[] path) => new(summary, detail, path);
}
