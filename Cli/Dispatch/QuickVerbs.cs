using TfgridCompose.Cli.Rendering;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>Verbs that are answered from files alone, without the option parser, logging or a pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>The text for standard output, or null: not a quick one.</summary>
    public static string? Answer(string[] args) => args switch
    {
        ["--version"] => Product.VersionLine + "\n",
        ["patterns", "list"] => List(json: false),
        ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"] => List(json: true),
        _ => null,
    };

    private static string List(bool json) => PatternTable.Of(
        UserPaths.PluginRoots(Environment.GetEnvironmentVariable), UserPaths.VerifiedPatterns(Environment.GetEnvironmentVariable), json);
}
