namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A host that the app is installed on.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Last">Fingerprint of the inputs with which its hooks last succeeded; empty if they have failed since,
/// null if it never had the app.</param>
/// <param name="Now">Fingerprint of the current inputs.</param>
public sealed record AppTarget(string Host, string? Last, string Now)
{
    /// <summary>The unfinished hook of an earlier run with the same inputs, which this run resumes.</summary>
    public string? Resumes { get; init; }

    /// <summary>The unfinished hook of an earlier run with other inputs, which has to end before the app is copied.</summary>
    public UnseenHook? Awaits { get; init; }
}
