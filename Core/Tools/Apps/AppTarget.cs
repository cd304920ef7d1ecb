namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A host that carries the app.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Last">What its hooks last ended well with, empty where they did not since; null: it never had the app.</param>
/// <param name="Now">What they would work from now.</param>
public sealed record AppTarget(string Host, string? Last, string Now);
