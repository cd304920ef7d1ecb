using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>What an installation brought.</summary>
/// <param name="Pattern">The plugin in its place.</param>
/// <param name="Entry">Its line in the lock.</param>
/// <param name="Former">The version that it replaced, or null.</param>
/// <param name="Signer">Whose certificate the package is signed with; null: not signed.</param>
/// <param name="IsAuthorTrusted">The user lists the signer.</param>
public sealed record InstalledPattern(PatternCatalogEntry Pattern, LockedPattern Entry, string? Former, PackageSigner? Signer, bool IsAuthorTrusted);
