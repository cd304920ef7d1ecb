namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>A variable of the app whose value changed because it comes from another source than last time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">Where its value came from last time.</param>
/// <param name="Now">Where it comes from now, or null if it has none.</param>
public sealed record MovedValue(string Name, string Before, string? Now);
