namespace TfgridCompose.Core.Manifests.Values;

/// <summary>All sources of values for the app's hooks.</summary>
public sealed record EnvironmentRequest
{
    public required IReadOnlyList<EnvironmentVariable> Declared { get; init; }

    /// <summary>The app's folder; its <c>.env</c> is read if it exists.</summary>
    public required string AppFolder { get; init; }

    /// <summary>
    /// The <c>--env</c> arguments: <c>NAME=VALUE</c>, or <c>NAME</c> to take the value from the process.
    /// </summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>The <c>--env-file</c> arguments; a later file wins. They replace the manifest's own file.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The manifest's <c>env_file</c>, absolute, or null.</summary>
    public string? ManifestEnvFile { get; init; }

    /// <summary>Whether a playbook gets the values. Names that Ansible interprets are then errors.</summary>
    public bool IsForPlaybook { get; init; }

    public IReadOnlyDictionary<string, string> ProcessEnvironment { get; init; } = new Dictionary<string, string>();
}
