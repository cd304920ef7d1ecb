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

    /// <summary>All versions of a package, or only those that its owner did not withdraw; none where the feed does not know it.</summary>
    public Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, bool withdrawnToo, CancellationToken cancellation) => AskAsync<IReadOnlyList<NuGetVersion>>(async () =>
    {
        using SourceCacheContext cache = NewCache();
        if (!withdrawnToo && await SaysWhatIsWithdrawnAsync(cancellation))
        {
            MetadataResource metadata = await ResourceAsync<MetadataResource>(cancellation);
            return [.. await metadata.GetVersions(id, includePrerelease: true, includeUnlisted: false, cache, NullLogger.Instance, cancellation)];
        }

        FindPackageByIdResource find = await ResourceAsync<FindPackageByIdResource>(cancellation);
        return [.. await find.GetAllVersionsAsync(id, cache, NullLogger.Instance, cancellation)];
    }, cancellation);

    /// <summary>Copies the package; false: the feed does not have it.</summary>
    public Task<bool> CopyAsync(string id, NuGetVersion version, Stream target, CancellationToken cancellation) => AskAsync(async () =>
    {
        using SourceCacheContext cache = NewCache();
        FindPackageByIdResource find = await ResourceAsync<FindPackageByIdResource>(cancellation);
        return await find.CopyNupkgToStreamAsync(id, version, target, cache, NullLogger.Instance, cancellation);
    }, cancellation);

    // A package once fetched for a build must not stand in for what the feed has now, and a listing must see what was published a minute ago.
    private static SourceCacheContext NewCache() => new() { NoCache = true, DirectDownload = true };

    private async Task<T> ResourceAsync<T>(CancellationToken cancellation)
        where T : class, INuGetResource =>
        await _repository.GetResourceAsync<T>(cancellation) ?? throw new NotSupportedException("it is no NuGet feed");

    private async Task<bool> SaysWhatIsWithdrawnAsync(CancellationToken cancellation) =>
        !source.IsLocal
        && await _repository.GetResourceAsync<ServiceIndexResourceV3>(cancellation) is { } index
        && index.GetServiceEntries(ServiceTypes.RegistrationsBaseUrl).Count > 0;

    // The library lets through whatever a feed's answer provokes in it, a time limit of its own too, so no list of types would be complete.
    private async Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            return await question();
        }
        catch (Exception problem) when (cancellation.IsCancellationRequested)
        {
            // What the library makes of a cancellation is not always one.
            throw new OperationCanceledException(problem.Message, problem, cancellation);
        }
        catch (Exception problem)
        {
            throw new DiagnosticException(ExitCode.Pattern, [Diagnostic.Error(
                PackageCodes.SourceFailed, $"The package source {Address} failed: {Reason(problem)}",
                "check its address, this machine's network, and its credentials in the NuGet configuration; or name another: --source FEED")], problem);
        }
    }

    // The innermost cause says what happened; the outer ones that something did.
    private static string Reason(Exception problem) => PlainText.Of(problem.GetBaseException().Message.Split('\n')[0].TrimEnd('\r', '.'));
}
