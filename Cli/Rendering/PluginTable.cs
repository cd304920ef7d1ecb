using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Lifecycle;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>plugins list</c>: one line for each lifecycle plugin.</summary>
internal static class PluginTable
{
    private static readonly string[] Head = ["ID", "VERSION", "HOOKS", "PROBLEM"];

    public static string Text(IReadOnlyList<LifecyclePlugin> plugins) => TextTable.Text([Head, .. plugins.Select(Row)]);

    public static string Json(IReadOnlyList<LifecyclePlugin> plugins) => JsonText.Of(plugins.Select(plugin => new
    {
        id = plugin.Id,
        name = plugin.Name,
        version = plugin.Version,
        description = plugin.Description,
        timeout_seconds = plugin.Timeout.TotalSeconds,
        hooks = plugin.Hooks,
        folder = plugin.Folder,
        problems = ProblemsOf(plugin).Select(problem => problem.Message),
    }));

    private static string[] Row(LifecyclePlugin plugin) =>
    [
        plugin.Id,
        plugin.Version.Length > 0 ? plugin.Version : "-",
        plugin.Hooks.Count > 0 ? string.Join(", ", plugin.Hooks) : "-",
        string.Join("; ", ProblemsOf(plugin).Select(problem => $"{problem.Message} [{problem.Code}]")),
    ];

    private static IEnumerable<Diagnostic> ProblemsOf(LifecyclePlugin plugin) =>
        plugin.Problem is { } problem ? [problem] : plugin.Warnings;
}
