namespace TfgridCompose.Core.Manifests;

/// <summary>The grids to deploy to.</summary>
public static class GridNames
{
    public const string Local = "local";

    public static IReadOnlyList<string> All { get; } = [Local, "main", "test", "qa", "dev"];
}
