using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>
/// Runs the hooks of the user's lifecycle plugins before and after phases. Does nothing if no plugin is installed.
/// </summary>
public sealed class LifecycleHooks
{
    public const string Down = LifecyclePluginReader.Down;

    private readonly Surroundings _here;
    private readonly IReadOnlyList<LifecyclePlugin> _plugins;

    private LifecycleHooks(Surroundings here, IReadOnlyList<LifecyclePlugin> plugins) =>
        (_here, _plugins) = (here, plugins);

    /// <summary>Loads the installed plugins and warns about hooks that cannot run.</summary>
    public static LifecycleHooks Load(Surroundings here)
    {
        IReadOnlyList<LifecyclePlugin> plugins = LifecyclePlugins.Of(here.PluginRoots);
        foreach (Diagnostic warning in plugins.SelectMany(plugin => plugin.Problem is { } problem
            ? [problem]
            : plugin.Warnings))
        {
            here.Events.Emit(new DiagnosticRaised(warning));
        }

        return new LifecycleHooks(here, [.. plugins.Where(plugin => plugin.Problem is null)]);
    }

    /// <summary>Whether any plugin has such a hook.</summary>
    public bool Has(LifecycleHookTime time, string moment) =>
        _plugins.Any(plugin => plugin.Hooks.Contains(NameOf(time, moment)));

    /// <summary>
    /// Runs the hooks before a phase. Throws <see cref="DiagnosticException"/> if one fails, so that the phase does not
    /// start.
    /// </summary>
    public async Task BeforeAsync(string moment, LifecycleHookFacts facts, CancellationToken cancellation)
    {
        foreach (LifecyclePlugin plugin in _plugins
            .Where(plugin => plugin.Hooks.Contains(NameOf(LifecycleHookTime.Before, moment))))
        {
            if (await RunAsync(plugin, LifecycleHookTime.Before, moment, facts, cancellation) is { } problem)
            {
                throw new DiagnosticException(ExitCode.Application, [problem]);
            }
        }
    }

    /// <summary>Runs the hooks after a phase. A failure is only a warning, because the phase is done.</summary>
    public async Task AfterAsync(string moment, LifecycleHookFacts facts, CancellationToken cancellation)
    {
        foreach (LifecyclePlugin plugin in _plugins
            .Where(plugin => plugin.Hooks.Contains(NameOf(LifecycleHookTime.After, moment))))
        {
            if (await RunAsync(plugin, LifecycleHookTime.After, moment, facts, cancellation) is { } problem)
            {
                _here.Events.Emit(new DiagnosticRaised(problem with
                {
                    Code = LifecycleCodes.AfterHookFailed,
                    Severity = Severity.Warning,
                }));
            }
        }
    }

    private static string NameOf(LifecycleHookTime time, string moment) => $"{time.Word()}-{moment}";

    private async Task<Diagnostic?> RunAsync(
        LifecyclePlugin plugin,
        LifecycleHookTime time,
        string moment,
        LifecycleHookFacts facts,
        CancellationToken cancellation)
    {
        string hook = NameOf(time, moment);
        DeploymentFolder? folder = facts.Deployment is { } record
            && _here.Home.Deployment(record.Id) is { Exists: true } existing
            ? existing
            : null;
        byte[] input = facts.Json(time, moment, folder?.Path);
        string? log = folder?.PluginLog(plugin.Id);
        ToolResult result = await _here.Runner.RunAsync(
            new ToolCommand(plugin.HookPath(hook), [])
            {
                WorkingDirectory = folder?.Path ?? (Directory.Exists(facts.AppPath) ? facts.AppPath : _here.Home.Path),
                Input = (stream, token) => stream.WriteAsync(input, token).AsTask(),
                LogFile = log,
                TimeLimit = plugin.Timeout,
                OwnGroup = true,
                InheritsAll = true,
                OnOutput = line => _here.Events.Emit(new PluginLine(plugin.Id, hook, _here.Mask.Apply(line))),
                OnError = line => _here.Events.Emit(new PluginLine(plugin.Id, hook, line)),
            },
            cancellation);
        cancellation.ThrowIfCancellationRequested();
        return result.Succeeded ? null : Failed(plugin, time, moment, result, log);
    }

    private Diagnostic Failed(
        LifecyclePlugin plugin, LifecycleHookTime time, string moment, ToolResult result, string? log)
    {
        string who = $"The hook '{NameOf(time, moment)}' of the lifecycle plugin '{plugin.Id}'";
        string tail = _here.Mask.Apply(result.Tail());
        string said = tail.Length > 0 ? $":\n{tail}" : "; it printed nothing.";
        string again = moment == Down ? "`tfgrid-compose down`" : "`tfgrid-compose up`";
        string remedy = $"{(log is null ? "" : $"read {log}; ")}fix {plugin.HookPath(NameOf(time, moment))}, "
            + $"or move {plugin.Folder} away"
            + (time == LifecycleHookTime.Before ? $"; then run {again} again: '{moment}' was not started" : "");
        return result.TimedOut
            ? Diagnostic.Error(
                LifecycleCodes.HookTimedOut,
                $"{who} did not end within its {plugin.Timeout.TotalSeconds:F0} s and was killed{said}",
                remedy)
            : Diagnostic.Error(
                LifecycleCodes.HookFailed, $"{who} ended with exit code {result.ExitCode}{said}", remedy);
    }
}
