using TfgridCompose.Cli.Rendering;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>Verbs that are answered from files alone, without the option parser, logging or a pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>The exit code, or null: not a quick one.</summary>
    public static int? TryRun(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["--version"]:
                output.WriteLine(Product.VersionLine);
                return 0;
            case ["patterns", "list"]:
                PatternTable.Write(UserPaths.PluginRoots(Environment.GetEnvironmentVariable), output, json: false);
                return 0;
            case ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"]:
                PatternTable.Write(UserPaths.PluginRoots(Environment.GetEnvironmentVariable), output, json: true);
                return 0;
            default:
                return null;
        }
    }
}
