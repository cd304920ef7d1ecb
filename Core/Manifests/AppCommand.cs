using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>A command that the app defines.</summary>
public sealed record AppCommand
{
    public required string Name { get; init; }

    /// <summary>The program on the host, optionally with arguments (<c>/opt/x/y.sh run</c>).</summary>
    public required string Script { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The arguments as help shows them.</summary>
    public string Args { get; init; } = "";

    public bool Interactive { get; init; }

    public bool AllocateTty { get; init; } = true;

    /// <summary>The name under which the first argument is remembered, or null.</summary>
    public string? SaveToContext { get; init; }

    /// <summary>The remembered name that replaces a missing argument, or null.</summary>
    public string? UsesContext { get; init; }

    public required SourceLocation Location { get; init; }
}
