namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>The facts that a variable can be set to.</summary>
/// <param name="Facts">Names after <c>fact.</c></param>
/// <param name="OfRole">Names after <c>role.ROLE.</c></param>
/// <param name="SizesOfRole">Those of a role that are sizes and can have a unit.</param>
/// <param name="TakesKeys">Whether <c>key.PURPOSE/BYTES</c> is allowed.</param>
internal sealed record FactNames(
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> OfRole,
    IReadOnlyList<string> SizesOfRole,
    bool TakesKeys);
