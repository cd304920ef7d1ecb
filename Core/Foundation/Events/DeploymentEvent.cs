using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Events;

/// <summary>What happens during a verb. Core emits these; renderers show them.</summary>
public abstract record DeploymentEvent;

public sealed record DeploymentSelected(
    string Id, string AppName, string PatternName, string Grid, bool IsNew) : DeploymentEvent;

public sealed record PhaseStarted(PhaseId Phase, string Reason) : DeploymentEvent;

public sealed record PhaseSkipped(PhaseId Phase, string Reason) : DeploymentEvent;

public sealed record PhaseCompleted(PhaseId Phase, TimeSpan Duration) : DeploymentEvent;

public sealed record PhaseFailed(PhaseId Phase, TimeSpan Duration, bool IsCancelled) : DeploymentEvent;

/// <summary>
/// A phase's work on one of its hosts begins. Together with <see cref="HostWorkEnded"/> it shows which hosts were
/// handled in parallel.
/// </summary>
public sealed record HostWorkStarted(string Work, string Host) : DeploymentEvent;

/// <summary>The work has ended, successfully or not.</summary>
public sealed record HostWorkEnded(string Work, string Host) : DeploymentEvent;

/// <summary>Information for people: what was understood, chosen or done.</summary>
public sealed record Note(string Text) : DeploymentEvent;

/// <summary>A line of a running tool; a renderer may show, shorten or hide it.</summary>
public sealed record ToolLine(string Source, string Text) : DeploymentEvent;

/// <summary>A line of an app's own hook: always shown.</summary>
public sealed record HookLine(string Hook, string Host, string Text) : DeploymentEvent
{
    /// <summary>Whether the app is installed on several hosts, whose lines come interleaved.</summary>
    public bool OneOfSeveral { get; init; }
}

/// <summary>A line of a lifecycle plugin's hook: always shown.</summary>
public sealed record PluginLine(string Plugin, string Hook, string Text) : DeploymentEvent;

public sealed record WaitAttempt(string Host, int Attempt, TimeSpan Elapsed, string LastReason) : DeploymentEvent;

public sealed record DiagnosticRaised(Diagnostic Diagnostic) : DeploymentEvent;
