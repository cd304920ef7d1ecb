using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>The files that install the app. Paths are relative to the app's folder, with forward slashes.</summary>
public sealed record AppDeployment
{
    public const string DefaultFolder = "deployment";

    /// <summary>The folder that is copied to the hosts; it holds all hooks.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Whether <see cref="Folder"/> exists.</summary>
    public bool FolderExists { get; init; }

    public AppHook? Setup { get; init; }

    public AppHook? Configure { get; init; }

    public AppHook? Healthcheck { get; init; }

    /// <summary>The playbook that runs instead of the hooks, or null.</summary>
    public string? Playbook { get; init; }

    public DeployStrategy Strategy { get; init; } = DeployStrategy.Parallel;

    /// <summary>The hooks in execution order.</summary>
    public IReadOnlyList<AppHook> Hooks => [.. new[] { Setup, Configure, Healthcheck }.OfType<AppHook>()];
}

/// <summary>How an app is installed on several machines: <c>deploy.strategy</c>.</summary>
public enum DeployStrategy
{
    /// <summary>On all machines in parallel.</summary>
    Parallel,

    /// <summary>On one machine after the other, each out of service meanwhile if the pattern supports that.</summary>
    Rolling,
}

/// <summary>A script of the app.</summary>
/// <param name="Name"><c>setup</c>, <c>configure</c> or <c>healthcheck</c>.</param>
/// <param name="Path">Relative to the app's folder.</param>
/// <param name="PathInFolder">Relative to <see cref="AppDeployment.Folder"/>, as it runs on the host.</param>
/// <param name="Location">Where the manifest names it; null if it was found by its default name.</param>
public sealed record AppHook(string Name, string Path, string PathInFolder, SourceLocation? Location);
