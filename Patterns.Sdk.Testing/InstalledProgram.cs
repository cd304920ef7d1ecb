namespace TfgridCompose.Patterns.Sdk.Testing;

internal static class InstalledProgram
{
    private const string Name = "tfgrid-compose";

    /// <summary>What <c>TFGRID_COMPOSE</c> names, there or not; else the program on <c>PATH</c> or among the user's .NET tools; else null.</summary>
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
