using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>The pattern's options as the manifest gives them, and what is wrong with others.</summary>
public sealed record BoundOptions
{
    /// <summary>Ready for the pattern; an option with a problem is absent.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>Where each value came from, in the declaration's order.</summary>
    public IReadOnlyList<BoundOption> Origins { get; init; } = [];

    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];
}
