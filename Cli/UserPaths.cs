using TfgridCompose.Core.Patterns;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli;

internal static class UserPaths
{
    /// <summary>What the last <c>patterns verify</c> found.</summary>
    public static string VerifiedPatterns(Func<string, string?> variable) => TfgridHome.FromEnvironment(variable).VerifiedPatterns;

    /// <summary>Where patterns are looked for: beside the executable, in the user's state folder, in the older tool's.</summary>
    public static IReadOnlyList<PluginRoot> PluginRoots(Func<string, string?> variable) =>
    [
        new(Path.Combine(AppContext.BaseDirectory, "plugins"), BuiltIn: true),
        new(TfgridHome.FromEnvironment(variable).Plugins, BuiltIn: false),
        new(Path.Combine(variable("HOME") ?? "/", ".tfgrid", "plugins"), BuiltIn: false),
    ];
}
