namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>The facts that a variable can name.</summary>
/// <param name="Facts">After <c>fact.</c></param>
/// <param name="OfRole">After <c>role.ROLE.</c></param>
/// <param name="SizesOfRole">Those of a role that are sizes and take a unit.</param>
/// <param name="TakesKeys">Whether <c>key.PURPOSE/BYTES</c> is offered.</param>
internal sealed record FactNames(IReadOnlyList<string> Facts, IReadOnlyList<string> OfRole, IReadOnlyList<string> SizesOfRole, bool TakesKeys);
