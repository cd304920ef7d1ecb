namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// The published product: what <c>TFGRID_COMPOSE_PRODUCT</c> names, else <c>artifacts/tfgrid-compose</c> of this repository.
/// </summary>
internal static class Product
{
    public static string Repository { get; } = FindRepository();

    public static string Executable { get; } = Environment.GetEnvironmentVariable("TFGRID_COMPOSE_PRODUCT") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Path.Combine(Repository, "artifacts", "tfgrid-compose", "tfgrid-compose");

    public static string Folder => Path.GetDirectoryName(Executable)!;

    public static string LocalGrid => Path.Combine(Folder, "localgrid", "tfgrid-localgrid");

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TfgridCompose.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no TfgridCompose.sln above {AppContext.BaseDirectory}");
    }
}
