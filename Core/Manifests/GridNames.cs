namespace TfgridCompose.Core.Manifests;

/// <summary>The grids that a deployment can go to.</summary>
public static class GridNames
{
    public const string Local = "local";

    public static IReadOnlyList<string> All { get; } = [Local, "main", "test", "qa", "dev"];
}
