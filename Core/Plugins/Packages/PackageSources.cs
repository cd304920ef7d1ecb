using NuGet.Configuration;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// The sources of packages: one that the user names, else the one that the package was installed from, else those in the
/// user's configuration, else the enabled NuGet sources. NuGet's <c>packageSourceMapping</c> says which of NuGet's own
/// may be asked for a package.
/// </summary>
internal sealed class PackageSources(ISettings nuget)
{
    private readonly PackageSource[] _known = [.. new PackageSourceProvider(nuget).LoadPackageSources()];
    private readonly PackageSourceMapping _mapping = PackageSourceMapping.GetPackageSourceMapping(nuget);

    /// <summary>
    /// The NuGet configuration of the user and the machine; not the current folder's, which may belong to a stranger's
    /// app.
    /// </summary>
    public static ISettings UserSettings() =>
        Settings.LoadDefaultSettings(root: null, configFileName: null, new XPlatMachineWideSetting());

    /// <summary>Throws <see cref="DiagnosticException"/> for a configuration that NuGet cannot read.</summary>
    public static PackageSources Read(Func<ISettings> nuget)
    {
        try
        {
            return new(nuget());
        }
        catch (Exception problem)
        {
            // The library throws all kinds of exceptions for malformed XML.
            throw new DiagnosticException(ExitCode.Usage, [Diagnostic.Error(
                PackageCodes.BadSource, $"The NuGet configuration cannot be read: {PlainText.Of(problem.Message)}",
                "fix the file that it names; `dotnet nuget list source` shows whether it can be read")], problem);
        }
    }

    /// <summary>The source that the user names for this run. A mapping does not overrule it.</summary>
    public PackageFeed Named(string name, string baseFolder) => new(Checked(Find(name, baseFolder)));

    /// <summary>The source that an installed package came from.</summary>
    public PackageFeed Recorded(string package, string address, string baseFolder)
    {
        PackageSource source = TryFind(address, baseFolder) ?? throw new DiagnosticException(
            ExitCode.Pattern,
            PackageCodes.BadSource,
            $"{package} was installed from {PlainText.Of(address)}, which is gone.",
            $"name its new source: `tfgrid-compose patterns install {package} --source FEED`");
        return Allows(package, source)
            ? new(Checked(source))
            : throw NotMapped(package, $"does not map {package} to {source.Name}, which it was installed from");
    }

    /// <summary>The configured sources that may have a package.</summary>
    /// <param name="package">The package's id.</param>
    /// <param name="names">URLs, folders or names of NuGet sources; empty for all enabled NuGet sources.</param>
    /// <param name="baseFolder">The base of relative folders.</param>
    public IReadOnlyList<PackageFeed> Configured(string package, IReadOnlyList<string> names, string baseFolder)
    {
        PackageSource[] sources = names.Count > 0
            ? [.. names.Select(name => Find(name, baseFolder))]
            : [.. _known.Where(source => source.IsEnabled)];
        if (sources.Length == 0)
        {
            throw Bad(
                "There is no package source: the NuGet configuration enables none.",
                "name one: --source FEED, or list it under patterns.sources in ~/.tfgrid-compose/config.yaml");
        }

        PackageSource[] allowed = [.. sources.Where(source => Allows(package, source))];
        return allowed.Length > 0
            ? [.. allowed.Select(source => new PackageFeed(Checked(source)))]
            : throw NotMapped(
                package,
                $"maps {package} to none of these sources: {string.Join(", ", sources.Select(source => source.Name))}");
    }

    private bool Allows(string package, PackageSource source) =>
        !_mapping.IsEnabled
        || !_known.Contains(source)
        || _mapping.GetConfiguredPackageSources(package).Contains(source.Name, StringComparer.OrdinalIgnoreCase);

    private PackageSource Find(string text, string baseFolder) => TryFind(text, baseFolder) ?? throw Bad(
        $"'{text}' is not a package source: there is no folder {Path.GetFullPath(text, baseFolder)} and no NuGet source of that name, "
            + "and it is not a URL.",
        $"give a URL or a folder{Names}");

    private PackageSource? TryFind(string text, string baseFolder)
    {
        string folder = Path.GetFullPath(text, baseFolder);
        bool isUrl = text.Contains("://", StringComparison.Ordinal);
        string address = isUrl ? text : folder;
        return _known.FirstOrDefault(source => string.Equals(source.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? _known.FirstOrDefault(source => string.Equals(source.Source, address, StringComparison.Ordinal))
            ?? (isUrl ? new PackageSource(text) : Directory.Exists(folder) ? new PackageSource(folder) : null);
    }

    private string Names => _known.Length > 0
        ? $", or one of these names: {string.Join(", ", _known.Select(source => source.Name))}"
        : "";

    private static PackageSource Checked(PackageSource source)
    {
        if (source.IsLocal || source.TrySourceAsUri is not { } uri)
        {
            return source;
        }

        // Installed code runs with the user's rights, and without https anyone on the network path could replace it.
        if (uri.Scheme != Uri.UriSchemeHttps
            && !(uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || source.AllowInsecureConnections)))
        {
            throw Bad($"The package source {uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)} "
                + "does not use https.",
                "use its https address, or allow it in the NuGet configuration: allowInsecureConnections=\"true\"");
        }

        return uri.UserInfo.Length == 0 ? source : throw Bad(
            $"The address of the package source {uri.Host} contains credentials.",
            "keep them in the NuGet configuration: dotnet nuget add source ... --username ... --password ...");
    }

    private static DiagnosticException NotMapped(string package, string problem) => new(
        ExitCode.Pattern,
        PackageCodes.SourceNotMapped,
        $"The packageSourceMapping in the NuGet configuration {problem}.",
        $"map {package} to its source there, or name the source for this run: --source FEED");

    private static DiagnosticException Bad(string message, string remedy) =>
        new(ExitCode.Usage, PackageCodes.BadSource, message, remedy);
}
