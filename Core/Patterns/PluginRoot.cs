namespace TfgridCompose.Core.Patterns;

/// <summary>A folder whose sub-folders are plugins.</summary>
public sealed record PluginRoot(string Path, bool BuiltIn)
{
    /// <summary>Where the host looks, in this order: beside the executable, then the user's two folders.</summary>
    public static IReadOnlyList<PluginRoot> Default(string home) =>
    [
        new(System.IO.Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true),
        new(System.IO.Path.Combine(home, ".tfgrid-compose", "plugins"), BuiltIn: false),
        new(System.IO.Path.Combine(home, ".tfgrid", "plugins"), BuiltIn: false),
    ];
}
