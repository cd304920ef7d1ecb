namespace TfgridCompose.Patterns.Sdk;

/// <summary>What to do with a failed apply.</summary>
public sealed record FailurePolicy
{
    /// <summary>Terraform resource addresses that must be destroyed before the apply is tried again; empty: applying again is safe.</summary>
    public IReadOnlyList<string> DestroyBeforeRetry { get; init; } = [];
}
