using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.World;

/// <summary>An expected failure, worded for the person who ran Terraform.</summary>
internal sealed class GridException(string summary, string detail, params object[] path) : Exception(detail)
{
    public string Summary { get; } = summary;

    public object[] Path { get; } = path;

    public GridDiagnostic ToDiagnostic() => GridDiagnostic.Error(Summary, Message, Path);
}
