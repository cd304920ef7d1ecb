using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli;

internal static class UserPaths
{
    /// <summary>What the last <c>patterns verify</c> found.</summary>
    public static string VerifiedPatterns(Func<string, string?> variable) => TfgridHome.FromEnvironment(variable).VerifiedPatterns;

    /// <summary>
    /// Where plugins are looked for: beside the executable, in the user's state folder, in the older tool's where no
    /// other state folder was asked for.
    /// </summary>
    public static IReadOnlyList<PluginRoot> PluginRoots(Func<string, string?> variable)
    {
        List<PluginRoot> roots =
        [
            new(Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true),
            new(TfgridHome.FromEnvironment(variable).Plugins, BuiltIn: false),
        ];

        // A state folder of one's own holds all that counts: a test's run must not meet what its user has installed.
        if (string.IsNullOrEmpty(variable(TfgridHome.Variable)))
        {
            roots.Add(new(Path.Combine(variable("HOME") ?? "/", ".tfgrid", "plugins"), BuiltIn: false));
        }

        return roots;
    }
}
