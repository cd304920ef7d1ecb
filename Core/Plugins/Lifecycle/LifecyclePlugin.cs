using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>A folder with a <c>plugin.yaml</c> and executables that run around phases.</summary>
public sealed record LifecyclePlugin
{
    public const string FileName = "plugin.yaml";

    /// <summary>The folder's name.</summary>
    public string Id => Path.GetFileName(Folder);

    public required string Folder { get; init; }

    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>How long each hook may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The names of the hooks that run: <c>before-wait</c>.</summary>
    public IReadOnlyList<string> Hooks { get; init; } = [];

    /// <summary>Why its hooks do not run; null if they do.</summary>
    public Diagnostic? Problem { get; init; }

    /// <summary>Other problems.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    public string HookPath(string hook) => Path.Combine(Folder, "hooks", hook);
}
