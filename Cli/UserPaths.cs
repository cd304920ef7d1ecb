using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli;

internal static class UserPaths
{
    /// <summary>The results of the last <c>patterns verify</c>.</summary>
    public static string VerifiedPatterns(Func<string, string?> variable) => TfgridHome.FromEnvironment(variable).VerifiedPatterns;

    /// <summary>
    /// Where plugins are looked for: beside the executable, in the user's state folder, and in the older tool's folder where no other
    /// state folder is chosen.
    /// </summary>
    public static IReadOnlyList<PluginRoot> PluginRoots(Func<string, string?> variable)
    {
        List<PluginRoot> roots =
        [
            new(Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true),
            new(TfgridHome.FromEnvironment(variable).Plugins, BuiltIn: false),
        ];

        // A chosen state folder is all there is: a test must not find what its user has installed.
        if (string.IsNullOrEmpty(variable(TfgridHome.Variable)))
        {
            roots.Add(new(Path.Combine(variable("HOME") ?? "/", ".tfgrid", "plugins"), BuiltIn: false));
        }

        return roots;
    }
}
