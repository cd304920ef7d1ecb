using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli;

internal static class UserPaths
{
    /// <summary>The results of the last <c>patterns verify</c>.</summary>
    public static string VerifiedPatterns(Func<string, string?> variable) => TfgridHome.FromEnvironment(variable).VerifiedPatterns;

    /// <summary>
    /// Where plugins are searched: beside the executable, in the user's state folder and, unless another state folder is set, in the
    /// older tool's folder.
    /// </summary>
    public static IReadOnlyList<PluginRoot> PluginRoots(Func<string, string?> variable)
    {
        var builtIn = new PluginRoot(Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true);
        var own = new PluginRoot(TfgridHome.FromEnvironment(variable).Plugins, BuiltIn: false);
        var older = new PluginRoot(Path.Combine(UserHome.Of(variable), ".tfgrid", "plugins"), BuiltIn: false);

        // If a state folder is set, the older tool's is left out: a test must not find what its user has installed.
        PluginRoot[] roots = string.IsNullOrEmpty(variable(TfgridHome.Variable)) ? [builtIn, own, older] : [builtIn, own];
        return roots;
    }
}
