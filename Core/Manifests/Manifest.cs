using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests;

/// <summary>What all apps say in the same words. A pattern's own keys are bound from <see cref="Tree"/>.</summary>
public sealed record Manifest
{
    /// <summary>Letters, digits, dashes and underscores, at most 40.</summary>
    public required string Name { get; init; }

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    public required PatternReference Pattern { get; init; }

    /// <summary>The app's folder, absolute.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The manifest as named to the user; locations carry it.</summary>
    public required string File { get; init; }

    public AppDeployment Deployment { get; init; } = new();

    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>The env file that the manifest names, absolute, or null.</summary>
    public string? EnvFile { get; init; }

    public NetworkRequest Network { get; init; } = new();

    public IReadOnlyList<PortSpec> Ports { get; init; } = [];

    public IReadOnlyList<AppCheck> Checks { get; init; } = [];

    /// <summary>Where the app logs, or null where the manifest does not say.</summary>
    public AppLogs? Logs { get; init; }

    /// <summary>One of <see cref="GridNames.All"/>, or null: the user's configuration decides.</summary>
    public string? Grid { get; init; }

    /// <summary>Public keys that may log in beside the user's own.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>Where the deployments' state lies, or null: the user's configuration decides, else on this machine.</summary>
    public StateBackend? State { get; init; }

    public IReadOnlyList<AppCommand> Commands { get; init; } = [];

    public required LocatedMap Tree { get; init; }
}
