namespace TfgridCompose.Patterns.Tests;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(TestContext.CurrentContext.TestDirectory);

    /// <summary>The published product: what <c>TFGRID_COMPOSE_PRODUCT</c> names, else the one that the scripts build.</summary>
    public static string Product { get; } = Environment.GetEnvironmentVariable("TFGRID_COMPOSE_PRODUCT") is { Length: > 0 } given
        ? given
        : Path("artifacts/tfgrid-compose/tfgrid-compose");

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string FindRoot(string folder) => File.Exists(System.IO.Path.Combine(folder, "TfgridCompose.sln"))
        ? folder
        : FindRoot(
            Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("No folder above holds TfgridCompose.sln."));
}
