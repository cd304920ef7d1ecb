using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Installed, updated and removed patterns, for people and for scripts.</summary>
internal static class PackageView
{
    private const int NameWidth = 10;

    public static string Text(InstalledPattern installed)
    {
        LockedPattern entry = installed.Entry;
        string former = installed.Former is { } version && version != entry.Version ? $" (package before: {version})" : "";
        var facts = new FactList(NameWidth);
        facts.Add("pattern", $"{entry.Name} {installed.Pattern.Descriptor?.Version}{former}");
        facts.Add("package", $"{entry.Package} {entry.Version}");
        facts.Add("source", entry.Source);
        facts.Add("signature", Signature(installed));
        facts.Add("contract", installed.Pattern.Descriptor?.Contract ?? "-");
        return facts.ToString();
    }

    public static string Text(IReadOnlyList<PatternUpdate> updates) => updates.Count == 0
        ? "no pattern came from a package\n"
        : string.Concat(updates.Select(update => update.Installed is { } installed
            ? $"{update.Former.Name}: {Change(update.Former.Version, installed.Entry.Version)}, {Signature(installed)}\n"
            : $"{update.Former.Name}: {update.Former.Version} is up to date\n"));

    public static string Text(RemovablePattern pattern)
    {
        string package = pattern.Entry is { } entry ? $" ({entry.Package} {entry.Version})" : "";
        return $"removed {pattern.Name}{package}\n";
    }

    public static string Json(InstalledPattern installed) => JsonText.Of(new
    {
        name = installed.Entry.Name,
        version = installed.Pattern.Descriptor?.Version,
        contract = installed.Pattern.Descriptor?.Contract,
        folder = installed.Pattern.Folder,
        package = installed.Entry.Package,
        package_version = installed.Entry.Version,
        former_package_version = installed.Former,
        source = installed.Entry.Source,
        sha512 = installed.Entry.Sha512,
        signed = installed.Signer is not null,
        signed_by = installed.Signer?.Fingerprint,
        author_trusted = installed.IsAuthorTrusted,
    });

    public static string Json(IReadOnlyList<PatternUpdate> updates) => JsonText.Of(updates.Select(update => new
    {
        name = update.Former.Name,
        package = update.Former.Package,
        from = update.Former.Version,
        to = update.Installed?.Entry.Version ?? update.Former.Version,
        updated = update.Installed is not null,
    }));

    public static string Json(RemovablePattern pattern) => JsonText.Of(new
    {
        name = pattern.Name,
        folder = pattern.Folder,
        package = pattern.Entry?.Package,
        package_version = pattern.Entry?.Version,
        deployments = pattern.Deployments.Select(deployment => deployment.Id),
    });

    // The same version is installed again if its folder was missing.
    private static string Change(string from, string to) => from == to ? $"{to} installed again" : $"{from} -> {to}";

    private static string Signature(InstalledPattern installed) => installed.Signer switch
    {
        null => "not signed",
        { } signer when installed.IsAuthorTrusted => $"by {signer.Subject}, a trusted author",
        { } signer => $"intact, by {signer.Subject}; nobody vouches for this author (patterns.trusted_authors is empty)",
    };
}
