namespace TfgridCompose.Patterns.Sdk.Testing;

internal static class InstalledProgram
{
    private const string Name = "tfgrid-compose";

    /// <summary>
    /// The program that <c>TFGRID_COMPOSE</c> names, whether or not it exists; else the one on <c>PATH</c> or among the
    /// user's .NET tools; else null.
    /// </summary>
    public static string? Find(Func<string, string?> variable)
    {
        if (variable("TFGRID_COMPOSE") is { Length: > 0 } given)
        {
            return given;
        }

        string tools = Path.Combine(variable("HOME") ?? "/", ".dotnet", "tools");
        return (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(tools)
            .Select(folder => Path.Combine(folder, Name))
            .FirstOrDefault(File.Exists);
    }
}
