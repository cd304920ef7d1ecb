using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// The version that a user or a manifest requests: an exact one, a NuGet range such as <c>[1.2,2.0)</c>, or the newest.
/// </summary>
internal sealed class WantedVersion
{
    private readonly VersionRange? _range;

    private WantedVersion(NuGetVersion? exact, VersionRange? range)
    {
        Exact = exact;
        _range = range;
    }

    public static WantedVersion Newest { get; } = new(null, null);

    public NuGetVersion? Exact { get; }

    /// <summary>
    /// Null means the newest. Throws <see cref="DiagnosticException"/> if the text is neither a version nor a range.
    /// </summary>
    public static WantedVersion Parse(string? text, SourceLocation? location = null)
    {
        if (text is null)
        {
            return Newest;
        }

        if (NuGetVersion.TryParse(text, out NuGetVersion? exact))
        {
            return new(exact, null);
        }

        return VersionRange.TryParse(text, out VersionRange? range) ? new(null, range) : throw new DiagnosticException(
            ExitCode.Usage,
            PackageCodes.BadVersion,
            $"'{PlainText.Of(text)}' is neither a version nor a version range.",
            "write a version like 1.2.0, or a range like [1.2,2.0)",
            location);
    }

    public bool Allows(NuGetVersion version) =>
        Exact is not null ? version.Equals(Exact) : _range?.Satisfies(version) ?? true;

    /// <summary>The highest matching version; a prerelease only if requested.</summary>
    public NuGetVersion? Best(IEnumerable<NuGetVersion> versions, bool prerelease) =>
        versions.Where(version => Allows(version) && (prerelease || Exact is not null || !version.IsPrerelease)).Max();
}
