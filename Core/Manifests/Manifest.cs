using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests;

/// <summary>The keys common to all apps. A pattern's own keys are bound from <see cref="Tree"/>.</summary>
public sealed record Manifest
{
    /// <summary>Letters, digits, dashes and underscores, at most 40.</summary>
    public required string Name { get; init; }

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    public required PatternReference Pattern { get; init; }

    /// <summary>The app's folder, absolute.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The manifest's path as shown to the user, also in locations.</summary>
    public required string File { get; init; }

    public AppDeployment Deployment { get; init; } = new();

    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>The env file that the manifest names, absolute, or null.</summary>
    public string? EnvFile { get; init; }

    public NetworkRequest Network { get; init; } = new();

    public IReadOnlyList<PortSpec> Ports { get; init; } = [];

    public IReadOnlyList<AppCheck> Checks { get; init; } = [];

    /// <summary>Where the app logs, or null if the manifest does not say.</summary>
    public AppLogs? Logs { get; init; }

    /// <summary>One of <see cref="GridNames.All"/>, or null to use the user's configuration.</summary>
    public string? Grid { get; init; }

    /// <summary>Public keys that may log in, in addition to the user's own.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>
    /// Where the deployments' state is kept; null for the user's configuration or, by default, this machine.
    /// </summary>
    public StateBackend? State { get; init; }

    public IReadOnlyList<AppCommand> Commands { get; init; } = [];

    public required LocatedMap Tree { get; init; }
}
