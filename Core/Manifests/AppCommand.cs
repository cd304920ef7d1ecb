using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>A verb that the app brings.</summary>
public sealed record AppCommand
{
    public required string Name { get; init; }

    /// <summary>The program on the host; it may hold arguments (<c>/opt/x/y.sh run</c>).</summary>
    public required string Script { get; init; }

    public string Description { get; init; } = "";

    /// <summary>What help shows after the name.</summary>
    public string Args { get; init; } = "";

    public bool Interactive { get; init; }

    public bool AllocateTty { get; init; } = true;

    /// <summary>The name under which its first argument is remembered, or null.</summary>
    public string? SaveToContext { get; init; }

    /// <summary>The remembered name that stands in for a missing argument, or null.</summary>
    public string? UsesContext { get; init; }

    public required SourceLocation Location { get; init; }
}
