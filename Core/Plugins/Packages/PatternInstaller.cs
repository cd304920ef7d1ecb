using System.Security.Cryptography;
using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Installs and updates patterns from packages: download, check, unpack to a staging folder, check again, swap. Nothing
/// changes before the swap.
/// </summary>
public sealed class PatternInstaller(Surroundings here, UserConfig config, Func<LockHolder> holder)
{
    private readonly PluginsFolder _plugins = new(here.Home);

    public PackageLimits Limits { get; init; } = new();

    /// <summary>The NuGet configuration, read when sources are needed.</summary>
    internal Func<ISettings> NuGetSettings { get; init; } = PackageSources.UserSettings;

    public async Task<InstalledPattern> InstallAsync(InstallRequest request, CancellationToken cancellation)
    {
        if (!PackageIdValidator.IsValidPackageId(request.Package))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                PackageCodes.BadPackageId,
                $"'{request.Package}' cannot be the id of a package.",
                "write an id like Acme.Pattern.Wiki; give the version with --version");
        }

        var wanted = WantedVersion.Parse(request.Version);
        return await InTimeAsync(async limited =>
        {
            string? recorded = PatternsLock.Read(here.Home).Patterns
                .FirstOrDefault(pattern => pattern.IsOf(request.Package))?.Source;
            PackageSearch search = SearchIn(request.Package, request.Source, recorded);
            (PackageFeed feed, NuGetVersion version) =
                await search.FindAsync(request.Package, wanted, request.Prerelease, limited);
            return await ChangeAsync(() => InstallAsync(request.Package, version, feed, limited));
        }, cancellation);
    }

    /// <summary>Installs the newest version; null if it is installed already.</summary>
    public async Task<InstalledPattern?> UpdateAsync(
        LockedPattern installed, string? source, bool prerelease, CancellationToken cancellation) =>
        await InTimeAsync(async limited =>
        {
            // An installed prerelease is updated to the next prerelease, because there may be no stable version yet.
            bool isKnown = NuGetVersion.TryParse(installed.Version, out NuGetVersion? present);
            bool takesPrerelease = prerelease || present is { IsPrerelease: true };
            (PackageFeed feed, NuGetVersion version) = await SearchIn(installed.Package, source, installed.Source)
                .FindAsync(installed.Package, WantedVersion.Newest, takesPrerelease, limited);
            return isKnown && version <= present && Directory.Exists(_plugins.Of(installed.Name))
                ? null
                : await ChangeAsync(() => InstallAsync(installed.Package, version, feed, limited));
        }, cancellation);

    // What is installed stays with its source, so that no other source can offer a higher version of the same id.
    private PackageSearch SearchIn(string package, string? named, string? recorded)
    {
        var sources = PackageSources.Read(NuGetSettings);
        if (named is not null)
        {
            return new([sources.Named(named, here.CurrentFolder)]);
        }

        return new(recorded is not null
            ? [sources.Recorded(package, recorded, here.Home.Path)]
            : sources.Configured(package, config.PatternSources, here.Home.Path));
    }

    private async Task<InstalledPattern> InstallAsync(
        string id, NuGetVersion version, PackageFeed feed, CancellationToken cancellation)
    {
        here.Home.Create();
        using var gate = DeploymentLock.Take(here.Home, here.Home.Plugins, "The plugins folder", holder());
        var locked = PatternsLock.Read(here.Home);
        _plugins.Recover(locked);
        var problems = new PackageProblems($"{id} {version.ToNormalizedString()}");
        string staging = _plugins.NewStaging();
        try
        {
            string file = Path.Combine(staging, "package.nupkg");
            here.Events.Emit(new Note($"fetching {id} {version.ToNormalizedString()} from {feed.Address}"));
            string hash = await FetchAsync(id, version, feed, file, problems, cancellation);
            RequireSameHash(locked, id, version, hash, problems);
            string staged = Path.Combine(staging, "pattern");
            PackageSigner? signer = await UnpackAsync(file, id, version, staged, problems, cancellation);
            PatternCatalogEntry pattern = UnpackedPattern.Check(staged, problems);
            new NameOwnership(here, locked, _plugins, problems).Require(pattern.Name, id);
            LockedPattern? former = locked.Of(pattern.Name);
            var entry = new LockedPattern
            {
                Name = pattern.Name,
                Package = id,
                Version = version.ToNormalizedString(),
                Source = feed.Address,
                Sha512 = hash,
                InstalledAt = here.Clock.GetUtcNow(),
            };
            _plugins.Swap(staged, entry, locked);
            PatternCatalogEntry installed = PluginCatalog.Open(_plugins.Of(entry.Name));
            return new(installed, entry, former?.Version, signer, config.TrustedAuthors.Count > 0);
        }
        finally
        {
            PluginsFolder.Discard(staging);
        }
    }

    private async Task<PackageSigner?> UnpackAsync(
        string file,
        string id,
        NuGetVersion version,
        string target,
        PackageProblems problems,
        CancellationToken cancellation)
    {
        using var package = PatternPackage.Open(file, problems, Limits);
        package.CheckIdentity(id, version);
        PackageSigner? signer =
            await PackageSignature.VerifyAsync(file, config.TrustedAuthors, problems, cancellation);
        package.Unpack(target, cancellation);
        return signer;
    }

    private async Task<string> FetchAsync(
        string id,
        NuGetVersion version,
        PackageFeed feed,
        string file,
        PackageProblems problems,
        CancellationToken cancellation)
    {
        using FileStream target = PrivateFile.Open(file, FileMode.CreateNew);
        var measured = new MeasuredStream(target, Limits.PackageBytes);
        bool there;
        try
        {
            there = await feed.CopyAsync(id, version, measured, cancellation);
        }
        catch (DiagnosticException) when (measured.IsExceeded)
        {
            throw problems.TooLarge($"it has more than the allowed {Limits.PackageBytes} bytes");
        }

        if (!there)
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                PackageCodes.NotFound,
                $"{feed.Address} lists {id} {version} but does not have it.",
                "try again, or install another version");
        }

        target.Position = 0;
        return Convert.ToHexStringLower(await SHA512.HashDataAsync(target, cancellation));
    }

    private static void RequireSameHash(
        PatternsLock locked, string id, NuGetVersion version, string hash, PackageProblems problems)
    {
        LockedPattern? known = locked.Patterns.FirstOrDefault(pattern => pattern.IsOf(id)
            && pattern.Version == version.ToNormalizedString());
        if (known is not null && known.Sha512 != hash)
        {
            throw problems.OtherHash(known.Sha512, hash);
        }
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limits.Download, here.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await work(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                PackageCodes.SourceFailed,
                $"The package source did not deliver within {Limits.Download.TotalMinutes:0} minutes.",
                "try again, or name another source: --source FEED");
        }
    }

    private async Task<InstalledPattern> ChangeAsync(Func<Task<InstalledPattern>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unwritten(here.Home, problem);
        }
    }

    internal static DiagnosticException Unwritten(TfgridHome home, Exception problem) => new(
        ExitCode.Prerequisite,
        [Diagnostic.Error(
            PackageCodes.NotWritten,
            $"{home.Plugins} cannot be changed: {problem.Message}",
            "give it to this user, and check whether the disk is full (df)")],
        problem);
}
