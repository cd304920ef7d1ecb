namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>An expected failure. Its message is for the person who ran Terraform.</summary>
/// <param name="path">The attribute at fault: names, and numbers for positions in a list.</param>
internal sealed class GridException(string summary, string detail, params object[] path) : Exception(detail)
{
    public string Summary { get; } = summary;

    public object[] Path { get; } = path;
}
