namespace TfgridCompose.Core.Manifests.Values;

/// <summary>All places that values for the app's hooks come from.</summary>
public sealed record EnvironmentRequest
{
    public required IReadOnlyList<EnvironmentVariable> Declared { get; init; }

    /// <summary>The app's folder; its <c>.env</c> is read where there is one.</summary>
    public required string AppFolder { get; init; }

    /// <summary>What <c>--env</c> says, as typed: <c>NAME=VALUE</c>, or <c>NAME</c> to take it from the process.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>What <c>--env-file</c> names; a later file wins. The manifest's own is not read then.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The manifest's <c>env_file</c>, absolute, or null.</summary>
    public string? ManifestEnvFile { get; init; }

    public IReadOnlyDictionary<string, string> ProcessEnvironment { get; init; } = new Dictionary<string, string>();
}
