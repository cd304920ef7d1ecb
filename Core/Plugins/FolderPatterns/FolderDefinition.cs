using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A valid <c>pattern.yaml</c> with the pattern's files.</summary>
internal sealed record FolderDefinition
{
    public required PatternDeclaration Declaration { get; init; }

    /// <summary>Who wrote it, or null.</summary>
    public string? Author { get; init; }

    public required IReadOnlyList<RoleSpec> Roles { get; init; }

    /// <summary>By the Terraform variable's name.</summary>
    public required IReadOnlyDictionary<string, ValueSource> Variables { get; init; }

    /// <summary>Ansible groups and the roles in them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; }

    /// <summary>By the Ansible variable's name.</summary>
    public required IReadOnlyDictionary<string, ValueSource> InventoryVariables { get; init; }

    /// <summary>The roles that the app is installed on; empty for the primary machine.</summary>
    public IReadOnlyList<string> AppRoles { get; init; } = [];

    public IReadOnlyList<CheckSpec> Checks { get; init; } = [];

    public FailurePolicy Failure { get; init; } = new();

    public required IReadOnlyList<PatternFile> Files { get; init; }

    /// <summary>What <c>pattern.yaml</c> says, as it was read.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];
}
