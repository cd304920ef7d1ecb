using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Lifecycle;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>plugins list</c>: a line a lifecycle plugin.</summary>
internal static class PluginTable
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public static string Text(IReadOnlyList<LifecyclePlugin> plugins)
    {
        string[][] rows = [["ID", "VERSION", "HOOKS", "PROBLEM"], .. plugins.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Concat(rows.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd() + "\n"));
    }

    public static string Json(IReadOnlyList<LifecyclePlugin> plugins) => JsonSerializer.Serialize(
        plugins.Select(plugin => new
        {
            id = plugin.Id,
            name = plugin.Name,
            version = plugin.Version,
            description = plugin.Description,
            timeout_seconds = plugin.Timeout.TotalSeconds,
            hooks = plugin.Hooks,
            folder = plugin.Folder,
            problems = ProblemsOf(plugin).Select(problem => problem.Message),
        }),
        s_json) + "\n";

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
