using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>Reads a plugin's <c>plugin.yaml</c> and checks its hooks.</summary>
internal static partial class LifecyclePluginReader
{
    /// <summary>The moment that plugins can hook into besides the phases.</summary>
    public const string Down = "down";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly string[] Hooks =
    [
        .. Enum.GetValues<PhaseId>().Select(phase => phase.Word()).Append(Down)
            .SelectMany(moment => Enum.GetValues<LifecycleHookTime>().Select(time => $"{time.Word()}-{moment}")),
    ];

    public static LifecyclePlugin Read(string folder)
    {
        var plugin = new LifecyclePlugin { Folder = folder };
        try
        {
            plugin = Described(plugin, LocatedYaml.ParseFile(Path.Combine(folder, LifecyclePlugin.FileName)));
            return WithHooks(plugin);
        }
        catch (DiagnosticException invalid)
        {
            return plugin with
            {
                Problem = Broken(plugin, invalid.Diagnostics[0].Message, invalid.Diagnostics[0].Location),
            };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return plugin with { Problem = Broken(plugin, refused.Message, null) };
        }
    }

    public static Diagnostic Broken(LifecyclePlugin plugin, string reason, SourceLocation? location) =>
        Diagnostic.Warning(
            LifecycleCodes.PluginBroken,
            $"The lifecycle plugin '{plugin.Id}' is broken, so none of its hooks run, not even those before a phase: "
                + $"{reason}",
            $"fix {Path.Combine(plugin.Folder, LifecyclePlugin.FileName)}, or remove the folder", location);

    private static LifecyclePlugin Described(LifecyclePlugin plugin, LocatedMap root)
    {
        var reader = new TreeReader();
        ClosedKeys.Check(root, ["name", "version", "description", "timeout"], reader);
        foreach (string key in new[] { "name", "version" }.Where(key => root.Entry(key) is null))
        {
            reader.Error(LifecycleCodes.PluginBroken, $"it has no {key}.", $"Add '{key}: ...'.", root.Location);
        }

        return plugin with
        {
            Name = reader.Text(root, "name") ?? "",
            Version = reader.Text(root, "version") ?? "",
            Description = reader.Text(root, "description") ?? "",
            Timeout = TimeoutOf(root, reader) ?? plugin.Timeout,
            Warnings = Settled.Warnings(reader),
        };
    }

    private static TimeSpan? TimeoutOf(LocatedMap root, TreeReader reader)
    {
        if (reader.Scalar(root, "timeout") is not { } scalar)
        {
            return null;
        }

        Match match = TimePattern().Match(scalar.Text.Trim());
        double seconds = match.Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
        TimeSpan time = match.Groups["unit"].Value switch
        {
            "m" => TimeSpan.FromMinutes(seconds),
            "h" => TimeSpan.FromHours(seconds),
            _ => TimeSpan.FromSeconds(seconds),
        };
        if (time > TimeSpan.Zero && time <= Longest)
        {
            return time;
        }

        reader.Error(
            LifecycleCodes.PluginBroken,
            $"its timeout is {scalar.Kind}, not 1 second to 1 hour.",
            "Write seconds, or a number with s, m or h: 30s, 5m.",
            scalar.Location);
        return null;
    }

    private static LifecyclePlugin WithHooks(LifecyclePlugin plugin)
    {
        string folder = plugin.HookPath("");
        string[] present = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder)
                .Select(path => Path.GetFileName(path))
                .Where(IsMeantAsHook)
                .Order(StringComparer.Ordinal)]
            : [];
        string[] known = [.. present.Where(Hooks.Contains)];
        string[] hooks = [.. known.Where(hook => ExecutablePath.IsExecutable(plugin.HookPath(hook)))];
        return plugin with
        {
            Hooks = hooks,
            Warnings =
            [
                .. plugin.Warnings,
                .. present.Except(known).Select(hook => Unknown(plugin, hook)),
                .. known.Except(hooks).Select(hook => NotExecutable(plugin, hook)),
            ],
        };
    }

    // Any other files belong to the hooks.
    private static bool IsMeantAsHook(string name) =>
        name.StartsWith($"{LifecycleHookTime.Before.Word()}-", StringComparison.Ordinal)
            || name.StartsWith($"{LifecycleHookTime.After.Word()}-", StringComparison.Ordinal);

    private static Diagnostic Unknown(LifecyclePlugin plugin, string hook) => Diagnostic.Warning(
        LifecycleCodes.HookUnknown, $"The lifecycle plugin '{plugin.Id}' has an unknown hook '{Excerpt.Of(hook)}'.",
        $"{Meant.Of(hook, Hooks)}Rename {plugin.HookPath(hook)}; hooks are named before-PHASE or after-PHASE, "
            + $"with a phase or {Down}.");

    private static Diagnostic NotExecutable(LifecyclePlugin plugin, string hook) => Diagnostic.Warning(
        LifecycleCodes.HookNotExecutable,
        $"The hook '{hook}' of the lifecycle plugin '{plugin.Id}' is not executable and does not run.",
        $"chmod +x {plugin.HookPath(hook)}");

    [GeneratedRegex(@"^(?<number>[0-9]{1,6})(?<unit>[smh]?)\z")]
    private static partial Regex TimePattern();
}
