using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>The result of an installation.</summary>
/// <param name="Pattern">The installed plugin.</param>
/// <param name="Entry">Its entry in patterns.lock.</param>
/// <param name="Former">The version that it replaced, or null.</param>
/// <param name="Signer">The signer of the package; null if it is not signed.</param>
/// <param name="IsAuthorTrusted">Whether the user lists the signer.</param>
public sealed record InstalledPattern(
    PatternCatalogEntry Pattern,
    LockedPattern Entry,
    string? Former,
    PackageSigner? Signer,
    bool IsAuthorTrusted);
