using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>
/// What <c>up</c> or <c>plan</c> is asked for, with everything that it needs from files: each is read once, at the
/// start.
/// </summary>
public sealed record AppRequest
{
    private PlaybookFiles? _playbook;
    private AppCode? _code;

    public required UpRequest Asked { get; init; }

    public required Manifest Manifest { get; init; }

    /// <summary>The user's configuration.</summary>
    public required UserConfig Config { get; init; }

    /// <summary>The installed patterns; empty if the manifest's pattern is a folder, which needs none of them.</summary>
    public required PluginCatalog Plugins { get; init; }

    /// <summary>The pattern that the manifest names by its folder, or null.</summary>
    public OwnPattern? OwnPattern { get; init; }

    /// <summary>The app's files, read when they are first needed.</summary>
    public required Lazy<AppFiles> Files { get; init; }

    /// <summary>The app's own playbook with what it can read, or null.</summary>
    public PlaybookFiles? Playbook => _playbook ??= PlaybookFiles.Of(Manifest, () => Files.Value);

    /// <summary>The parts of the app that act on this computer.</summary>
    public AppCode Code => _code ??= AppCode.Of(Manifest, Playbook, OwnPattern);

    /// <summary>The deployment's name.</summary>
    public string Name => Asked.Name ?? Manifest.Name;

    public static AppRequest Load(UpRequest asked, UserConfig config, Surroundings here)
    {
        LoadedManifest loaded = ManifestFile.Load(asked.AppFolder);
        foreach (Diagnostic warning in loaded.Warnings)
        {
            here.Events.Emit(new DiagnosticRaised(warning));
        }

        return new AppRequest
        {
            Asked = asked,
            Manifest = loaded.Manifest,
            Config = config,
            OwnPattern = OwnPattern.Open(loaded.Manifest.Pattern.Folder),
            Files = new(() => AppFiles.Of(loaded.Manifest)),
            Plugins = PluginCatalog.Scan(loaded.Manifest.Pattern.Folder is null ? here.PluginRoots : []),
        };
    }

    /// <summary>
    /// Asks the user if code of the app would act on this computer and nobody agreed to it. Throws if the answer is no.
    /// </summary>
    public void RequireTrust(Surroundings here)
    {
        // Unreadable files are reported before the user is asked about the others.
        if (Playbook is not null && Files.Value.Problems.Any(problem => problem.Severity == Severity.Error))
        {
            throw new DiagnosticException(ExitCode.Usage, Files.Value.Problems);
        }

        new AppTrust(here).Require(Code, Asked.AgreesToCode);
    }

    /// <summary>The entry of the manifest's own pattern, as the user agreed to it; null if it has none.</summary>
    public PatternCatalogEntry? AgreedPattern(Surroundings here) => OwnPattern?.Agreed(
        here.Home.AgreedPatterns, Code.Parts.FirstOrDefault(part => part.Kind == CodeKind.Pattern)?.Content ?? "");

    /// <summary>Where the deployment's state is kept; null for this machine.</summary>
    public BackendPlace? PlaceIn(Surroundings here) => SharedTarget.PlaceOf(here, Manifest, Config, Name);

    /// <summary>The same request after a pattern was installed.</summary>
    public AppRequest WithNewPlugins(Surroundings here) => this with { Plugins = PluginCatalog.Scan(here.PluginRoots) };

    /// <summary>
    /// The grid that the deployment is or will be on. Throws if the existing deployment does not fit the request.
    /// </summary>
    public GridName GridFor(DeploymentRecord? existing, DeploymentLocator locator)
    {
        RequireSameName(existing, locator);
        string? asked = Asked.Grid?.Value ?? Manifest.Grid;
        if (existing is null)
        {
            return GridName.Parse(asked ?? Config.Grid ?? "main");
        }

        if (existing.Status == DeploymentStatus.Destroying)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.BeingDestroyed,
                $"{existing.Name} ({existing.Id}) is being destroyed; a `down` did not finish.",
                $"finish it: tfgrid-compose down {existing.Id} --yes");
        }

        return asked is null || asked == existing.Grid ? GridName.Parse(existing.Grid) : throw new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.OtherGrid,
            $"{existing.Name} ({existing.Id}) runs on the grid '{existing.Grid}', not '{asked}'.",
            $"deploy a second one with --name, or remove this one: tfgrid-compose down {existing.Id}");
    }

    // A plain `up` never creates a second deployment, not even after the name in the manifest has changed.
    private void RequireSameName(DeploymentRecord? existing, DeploymentLocator locator)
    {
        if (existing is null
            && Asked.Name is null
            && locator.OfFormerName(Manifest.AppFolder, Manifest.Name) is { } former)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.Renamed,
                $"This folder's deployment is {former.Name} ({former.Id}); the manifest now says '{Manifest.Name}'.",
                $"name it '{former.Name}' again, remove it first: tfgrid-compose down {former.Id}, "
                    + $"or deploy a second one: --name {Manifest.Name}");
        }
    }
}
