using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Searches several feeds for a package. If a feed fails, the search fails: another feed's answer must not replace it.
/// Nor may a stranger's package of the same id on another feed, so only one of them may have it.
/// </summary>
internal sealed class PackageSearch(IReadOnlyList<PackageFeed> feeds)
{
    /// <summary>The best matching version and the feed that has it.</summary>
    public async Task<(PackageFeed Feed, NuGetVersion Version)> FindAsync(
        string id, WantedVersion wanted, bool prerelease, CancellationToken cancellation)
    {
        List<(PackageFeed Feed, NuGetVersion Version)> found = [];
        foreach (PackageFeed feed in feeds)
        {
            found.AddRange((await feed.VersionsAsync(
                id, withdrawnToo: wanted.Exact is not null, cancellation)).Select(version => (feed, version)));
        }

        string[] having = [.. found.Select(each => each.Feed.Address).Distinct(StringComparer.Ordinal)];
        if (having.Length > 1)
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                PackageCodes.SeveralSources,
                $"Several sources have a package {id}: {string.Join(", ", having)}.",
                $"name the one that you trust for it: --source {having[0]}; "
                    + "or map the package to it with packageSourceMapping in the NuGet configuration");
        }

        NuGetVersion? best = wanted.Best(found.Select(each => each.Version), prerelease);
        return best is not null
            ? found.First(each => each.Version.Equals(best))
            : throw NotFound(id, wanted, [.. found.Select(each => each.Version).Distinct().OrderDescending()]);
    }

    private DiagnosticException NotFound(string id, WantedVersion wanted, IReadOnlyList<NuGetVersion> there)
    {
        const int Shown = 5;
        string where = string.Join(", ", feeds.Select(feed => feed.Address));
        string versions = string.Join(", ", there.Take(Shown).Select(version => version.ToNormalizedString()));
        return there.Count == 0
            ? new(
                ExitCode.Pattern,
                PackageCodes.NotFound,
                $"There is no package {id} in {where}.",
                "check its id, or name its source: --source FEED")
            : new(
                ExitCode.Pattern,
                PackageCodes.NotFound,
                $"The package {id} has no "
                    + $"{(ReferenceEquals(wanted, WantedVersion.Newest) ? "stable version" : "matching version")} in "
                    + $"{where}.",
                $"name an available version: --version {versions.Split(',')[0]} (available: {versions}); "
                    + "--prerelease allows prereleases");
    }
}
