using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>The files that install the app. Paths are relative to the app's folder, with forward slashes.</summary>
public sealed record AppDeployment
{
    public const string DefaultFolder = "deployment";

    /// <summary>What travels to the hosts: the folder that holds all hooks.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Whether <see cref="Folder"/> is there.</summary>
    public bool FolderExists { get; init; }

    public AppHook? Setup { get; init; }

    public AppHook? Configure { get; init; }

    public AppHook? Healthcheck { get; init; }

    /// <summary>The playbook that runs in place of the hooks, or null.</summary>
    public string? Playbook { get; init; }

    public DeployStrategy Strategy { get; init; } = DeployStrategy.Parallel;

    /// <summary>The hooks in the order in which they run.</summary>
    public IReadOnlyList<AppHook> Hooks => [.. new[] { Setup, Configure, Healthcheck }.OfType<AppHook>()];
}

/// <summary>How an app that several machines carry is installed on them: <c>deploy.strategy</c>.</summary>
public enum DeployStrategy
{
    /// <summary>On all of them at once.</summary>
    Parallel,

    /// <summary>On one after the other, taken out of service meanwhile where the pattern knows how.</summary>
    Rolling,
}

/// <summary>A script of the app.</summary>
/// <param name="Name"><c>setup</c>, <c>configure</c> or <c>healthcheck</c>.</param>
/// <param name="Path">Relative to the app's folder.</param>
/// <param name="PathInFolder">Relative to <see cref="AppDeployment.Folder"/>: what runs on the host.</param>
/// <param name="Location">Where the manifest names it; null where it is found by its usual name.</param>
public sealed record AppHook(string Name, string Path, string PathInFolder, SourceLocation? Location);
