using NuGet.Common;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A NuGet feed, on the web or in a folder.</summary>
internal sealed class PackageFeed(PackageSource source)
{
    private readonly SourceRepository _repository = Repository.Factory.GetCoreV3(source);

    public string Address => source.Source;

    /// <summary>
    /// The versions of a package, with or without those that its owner withdrew; none if the feed does not know it.
    /// </summary>
    public Task<IReadOnlyList<NuGetVersion>> VersionsAsync(
        string id, bool withdrawnToo, CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<NuGetVersion>>(async () =>
        {
            using SourceCacheContext cache = NewCache();
            if (!withdrawnToo && await SaysWhatIsWithdrawnAsync(cancellation))
            {
                MetadataResource metadata = await ResourceAsync<MetadataResource>(cancellation);
                return
                [
                    .. await metadata.GetVersions(
                        id,
                        includePrerelease: true,
                        includeUnlisted: false,
                        cache,
                        NullLogger.Instance,
                        cancellation),
                ];
            }

            FindPackageByIdResource find = await ResourceAsync<FindPackageByIdResource>(cancellation);
            return [.. await find.GetAllVersionsAsync(id, cache, NullLogger.Instance, cancellation)];
        }, cancellation);

    /// <summary>Copies the package; false if the feed does not have it.</summary>
    public Task<bool> CopyAsync(string id, NuGetVersion version, Stream target, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            using SourceCacheContext cache = NewCache();
            FindPackageByIdResource find = await ResourceAsync<FindPackageByIdResource>(cancellation);
            return await find.CopyNupkgToStreamAsync(id, version, target, cache, NullLogger.Instance, cancellation);
        }, cancellation);

    // No cache: an earlier download must not replace the feed's current package, and a listing must include new
    // versions at once.
    private static SourceCacheContext NewCache() => new() { NoCache = true, DirectDownload = true };

    private async Task<T> ResourceAsync<T>(CancellationToken cancellation)
        where T : class, INuGetResource =>
        await _repository.GetResourceAsync<T>(cancellation)
            ?? throw new NotSupportedException("it is not a NuGet feed");

    private async Task<bool> SaysWhatIsWithdrawnAsync(CancellationToken cancellation) =>
        !source.IsLocal
        && await _repository.GetResourceAsync<ServiceIndexResourceV3>(cancellation) is { } index
        && index.GetServiceEntries(ServiceTypes.RegistrationsBaseUrl).Count > 0;

    // Depending on the feed's answer, the library throws all kinds of exceptions, even for its own time-out, so no list
    // of types would be complete.
    private async Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            return await question();
        }
        catch (Exception problem) when (cancellation.IsCancellationRequested)
        {
            // The library does not always report a cancellation as one.
            throw new OperationCanceledException(problem.Message, problem, cancellation);
        }
        catch (Exception problem)
        {
            throw new DiagnosticException(ExitCode.Pattern, [Diagnostic.Error(
                PackageCodes.SourceFailed, $"The package source {Address} failed: {Reason(problem)}",
                "check its address, this machine's network, and its credentials in the NuGet configuration; "
                    + "or name another source: --source FEED")], problem);
        }
    }

    // Only the innermost exception says what happened.
    private static string Reason(Exception problem) =>
        PlainText.Of(problem.GetBaseException().Message.Split('\n')[0].TrimEnd('\r', '.'));
}
