using NuGet.Configuration;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Where packages come from: what the user names, else what the user's configuration lists, else the enabled sources of NuGet's.</summary>
internal sealed class PackageSources(ISettings nuget)
{
    private readonly PackageSource[] _known = [.. new PackageSourceProvider(nuget).LoadPackageSources()];

    /// <summary>The user's own and the machine's NuGet configuration; not the current folder's, which may have come with somebody's app.</summary>
    public static ISettings UserSettings() => Settings.LoadDefaultSettings(root: null, configFileName: null, new XPlatMachineWideSetting());

    /// <summary>Throws <see cref="DiagnosticException"/> for a configuration that NuGet cannot read.</summary>
    public static PackageSources Read(Func<ISettings> nuget)
    {
        try
        {
            return new(nuget());
        }
        catch (Exception problem)
        {
            // Whatever the library makes of somebody's XML.
            throw new DiagnosticException(ExitCode.Usage, [Diagnostic.Error(
                PackageCodes.BadSource, $"The NuGet configuration cannot be read: {PlainText.Of(problem.Message)}",
                "mend the file that it names; `dotnet nuget list source` says whether it can be read")], problem);
        }
    }

    /// <param name="names">URLs, folders or names of NuGet sources; none: all enabled NuGet sources.</param>
    /// <param name="baseFolder">What a relative folder is relative to.</param>
    public IReadOnlyList<PackageFeed> Feeds(IReadOnlyList<string> names, string baseFolder)
    {
        PackageSource[] sources = names.Count > 0 ? [.. names.Select(name => Find(name, baseFolder))] : [.. _known.Where(source => source.IsEnabled)];
        if (sources.Length == 0)
        {
            throw Bad("No package source is known: the NuGet configuration enables none.", "name one: --source FEED, or list it under patterns.sources in ~/.tfgrid-compose/config.yaml");
        }

        return [.. sources.Select(source => new PackageFeed(Checked(source)))];
    }

    private PackageSource Find(string text, string baseFolder)
    {
        string folder = Path.GetFullPath(text, baseFolder);
        bool isUrl = text.Contains("://", StringComparison.Ordinal);
        return _known.FirstOrDefault(source => string.Equals(source.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? _known.FirstOrDefault(source => string.Equals(source.Source, isUrl ? text : folder, StringComparison.Ordinal))
            ?? (isUrl ? new PackageSource(text) : Directory.Exists(folder) ? new PackageSource(folder) : throw Bad(
                $"'{text}' is no package source: no folder {folder}, no source of that name in the NuGet configuration, no URL.",
                $"give a URL or a folder{(_known.Length > 0 ? $", or one of these names: {string.Join(", ", _known.Select(source => source.Name))}" : "")}"));
    }

    private static PackageSource Checked(PackageSource source)
    {
        if (source.IsLocal || source.TrySourceAsUri is not { } uri)
        {
            return source;
        }

        // What is installed runs with the user's rights; whoever sits on the way could replace it.
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || source.AllowInsecureConnections)))
        {
            throw Bad($"The package source {uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)} does not use https.",
                "use its https address, or allow it in the NuGet configuration: allowInsecureConnections=\"true\"");
        }

        return uri.UserInfo.Length == 0 ? source : throw Bad(
            $"The address of the package source {uri.Host} carries credentials.", "keep them in the NuGet configuration: dotnet nuget add source ... --username ... --password ...");
    }

    private static DiagnosticException Bad(string message, string remedy) => new(ExitCode.Usage, PackageCodes.BadSource, message, remedy);
}
