using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Places;

namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>The deployment that a verb means, and where its state should be kept.</summary>
public sealed record SharedTarget
{
    public required SharedPurpose Purpose { get; init; }

    public required string AppFolder { get; init; }

    public required string Name { get; init; }

    /// <summary>The app's name in its manifest, or null if none was read.</summary>
    public string? AppName { get; init; }

    /// <summary>This machine's record, or null if there is none.</summary>
    public DeploymentRecord? Existing { get; init; }

    /// <summary>The place that the manifest or the user configuration names now; null for this machine.</summary>
    public BackendPlace? Place { get; init; }

    /// <summary>The folder with the record's backend, if it is not the deployment's own.</summary>
    public string? RecordFolder { get; init; }

    /// <summary>Whether a manifest was read.</summary>
    internal bool HasManifest => Purpose is SharedPurpose.Deploy or SharedPurpose.Attach;

    /// <summary>The target that a manifest names.</summary>
    public static SharedTarget OfManifest(
        SharedPurpose purpose, Manifest manifest, string name, BackendPlace? place, DeploymentRecord? existing) => new()
        {
            Purpose = purpose,
            AppFolder = manifest.AppFolder,
            Name = name,
            AppName = manifest.Name,
            Existing = existing,
            Place = place,
        };

    /// <summary>The target that this machine's record names.</summary>
    public static SharedTarget OfRecord(SharedPurpose purpose, DeploymentRecord existing) => new()
    {
        Purpose = purpose,
        AppFolder = existing.AppPath,
        Name = existing.Name,
        Existing = existing,
    };

    /// <summary>
    /// Throws if the record there is another deployment's: a backend key that the user wrote applies to every name, and in
    /// config.yaml to every app.
    /// </summary>
    internal void RequireMeant(BackendPlace place, DeploymentRecord shared)
    {
        if (Purpose == SharedPurpose.MoveTo)
        {
            throw SharedProblems.Taken(place, shared);
        }

        if (shared.Name != Name || (AppName is not null && shared.AppName != AppName))
        {
            throw SharedProblems.NotMeant(place, shared, this);
        }
    }

    /// <summary>Throws if the manifest names another place than the record.</summary>
    internal void RequireSamePlace(DeploymentRecord known)
    {
        if (HasManifest && Place?.Location != known.SharedState?.Location)
        {
            throw SharedProblems.BackendChanged(known, Place);
        }
    }

    /// <summary>The note if the backend holds no record of a known deployment; throws if the verb cannot go on.</summary>
    internal Note WithoutRecord(DeploymentRecord known) => Purpose == SharedPurpose.UseCopy
        ? new Note(SharedProblems.NoRecord(known))
        : throw SharedProblems.Gone(known);

    /// <summary>
    /// One home has one copy of a deployment, and its files belong to one app folder. A moved folder does not count as a
    /// second one.
    /// </summary>
    internal void RequireOneFolder(DeploymentRecord? local)
    {
        if (local is not null && local.AppPath != AppFolder && Directory.Exists(local.AppPath))
        {
            throw SharedProblems.OtherFolder(local);
        }
    }

    /// <summary>The manifest's backend, else the user's; null if neither names one.</summary>
    public static BackendPlace? PlaceOf(Surroundings here, Manifest manifest, string name) =>
        PlaceOf(here, manifest, manifest.State is null ? UserConfig.Load(here.Home.Path) : null, name);

    /// <summary>The same if the user's configuration was already read.</summary>
    public static BackendPlace? PlaceOf(Surroundings here, Manifest manifest, UserConfig? config, string name) =>
        (manifest.State ?? config?.State) is { } backend
            ? BackendDerivation.Of(backend, new DeploymentKey(manifest.Name, name), here.Environment.GetValueOrDefault)
            : null;
}
