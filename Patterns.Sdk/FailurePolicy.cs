namespace TfgridCompose.Patterns.Sdk;

/// <summary>What to do after a failed apply.</summary>
public sealed record FailurePolicy
{
    /// <summary>
    /// Addresses of Terraform resources that must be destroyed before a retry; empty if a retry is safe.
    /// </summary>
    public IReadOnlyList<string> DestroyBeforeRetry { get; init; } = [];
}
