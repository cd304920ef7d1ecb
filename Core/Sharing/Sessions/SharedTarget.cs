using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Places;

namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>Which deployment a verb means, and where its state should lie.</summary>
public sealed record SharedTarget
{
    public required SharedPurpose Purpose { get; init; }

    public required string AppFolder { get; init; }

    public required string Name { get; init; }

    /// <summary>The app's name in its manifest, or null: none was read.</summary>
    public string? AppName { get; init; }

    /// <summary>This machine's record, or null: none.</summary>
    public DeploymentRecord? Existing { get; init; }

    /// <summary>What manifest or user configuration say now; null: the state lies on this machine.</summary>
    public BackendPlace? Place { get; init; }

    /// <summary>The folder with the record's backend, where it is not the deployment's own.</summary>
    public string? RecordFolder { get; init; }

    /// <summary>Whether a manifest was read.</summary>
    internal bool HasManifest => Purpose is SharedPurpose.Deploy or SharedPurpose.Attach;

    /// <summary>What a manifest names.</summary>
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

    /// <summary>What this machine's record names.</summary>
    public static SharedTarget OfRecord(SharedPurpose purpose, DeploymentRecord existing) => new()
    {
        Purpose = purpose,
        AppFolder = existing.AppPath,
        Name = existing.Name,
        Existing = existing,
    };

    /// <summary>
    /// A key that the user wrote stands for every name, and in config.yaml for every app: what lies there may be
    /// another deployment.
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

    /// <summary>What the manifest says must be what the record says.</summary>
    internal void RequireSamePlace(DeploymentRecord known)
    {
        if (HasManifest && Place?.Location != known.SharedState?.Location)
        {
            throw SharedProblems.BackendChanged(known, Place);
        }
    }

    /// <summary>
    /// What to say where the backend holds no record of a known deployment; throws where that ends the verb.
    /// </summary>
    internal Note WithoutRecord(DeploymentRecord known) => Purpose == SharedPurpose.UseCopy
        ? new Note(SharedProblems.NoRecord(known))
        : throw SharedProblems.Gone(known);

    /// <summary>
    /// One home has one copy of a deployment, and its files belong to one app folder. A folder that was moved is no
    /// second one.
    /// </summary>
    internal void RequireOneFolder(DeploymentRecord? local)
    {
        if (local is not null && local.AppPath != AppFolder && Directory.Exists(local.AppPath))
        {
            throw SharedProblems.OtherFolder(local);
        }
    }

    /// <summary>The manifest's backend, else the user's; null: neither names one.</summary>
    public static BackendPlace? PlaceOf(Surroundings here, Manifest manifest, string name) =>
        PlaceOf(here, manifest, manifest.State is null ? UserConfig.Load(here.Home.Path) : null, name);

    /// <summary>The same where the user's configuration was read already.</summary>
    public static BackendPlace? PlaceOf(Surroundings here, Manifest manifest, UserConfig? config, string name) =>
        (manifest.State ?? config?.State) is { } backend
            ? BackendDerivation.Of(backend, new DeploymentKey(manifest.Name, name), here.Environment.GetValueOrDefault)
            : null;
}
