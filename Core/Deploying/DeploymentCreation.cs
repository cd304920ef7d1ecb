using System.Security.Cryptography;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying;

/// <summary>Makes or refreshes a deployment's record from a validated request.</summary>
public sealed class DeploymentCreation(Surroundings here)
{
    private const int SeedBytes = 32;

    public DeploymentRecord Create(ValidatedApp app, string name)
    {
        using FileStream gate = UnfinishedRecords.EnterGate(here.Home);
        string id = DeploymentId.Create();
        DeploymentFolder folder = here.Home.Deployment(id);
        folder.Create();

        return here.Store.Save(Draft(app, name, here.Ranges.Take(folder.Path), id));
    }

    /// <summary>A record as a new deployment would have it; nothing is written.</summary>
    public DeploymentRecord Draft(ValidatedApp app, string name, string range) =>
        Draft(app, name, range, DeploymentId.Create());

    /// <summary>Forgets a deployment of which nothing exists but its record.</summary>
    public void Discard(DeploymentRecord record)
    {
        new DeploymentLink(here).Remove(record);
        new UnfinishedRecords(here.Home, here.Ranges, new DeploymentIndex(here.Home)).Forget(record);
    }

    private DeploymentRecord Draft(ValidatedApp app, string name, string range, string id)
    {
        DateTimeOffset now = here.Clock.GetUtcNow();
        return Refreshed(
            new DeploymentRecord
            {
                Id = id,
                Name = name,
                AppName = app.Manifest.Name,
                AppPath = app.Manifest.AppFolder,
                PatternName = app.PatternName,
                Grid = app.Grid.Value,
                CreatedAt = now,
                UpdatedAt = now,
                IpRange = range,
                Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedBytes)),
            },
            app);
    }

    /// <summary>The record with the request's current values. What exists (addresses, interface, outputs) stays.</summary>
    public static DeploymentRecord Refreshed(DeploymentRecord record, ValidatedApp app)
    {
        return record with
        {
            AppVersion = app.Manifest.Version,
            AppPath = app.Manifest.AppFolder,
            PatternName = app.PatternName,
            PatternVersion = app.PatternVersion,
            SshKey = app.SshKeys.PrivateKey,
            SshPublicKeys = app.SshKeys.PublicKeys,
            DestroyBeforeRetry = app.Pattern.Failure.DestroyBeforeRetry,
            Hosts = record.Hosts.Count > 0 ? record.Hosts : [.. app.Hosts.Select(DeploymentConversion.ToRecord)],
            // They stay until the platform phase installs others. A deployment that never ran needs them most.
            Commands = record.Commands.Count > 0 ? record.Commands : app.RecordedCommands,
            LogService = app.Manifest.Logs?.Service,
            LogLocation = app.Manifest.Logs?.Location,
            SecretPrints = SecretPrints.With(record, app.Secrets),
        };
    }

    /// <summary>
    /// Whether a request changes nothing in the record. Compares only what opening a run sets, so that a run that does
    /// nothing costs nothing.
    /// </summary>
    public static bool IsSame(DeploymentRecord one, DeploymentRecord other) =>
        (one.AppVersion, one.AppPath, one.SshKey) == (other.AppVersion, other.AppPath, other.SshKey)
        && (one.PatternName, one.PatternVersion) == (other.PatternName, other.PatternVersion)
        && one.SshPublicKeys.SequenceEqual(other.SshPublicKeys)
        && one.DestroyBeforeRetry.SequenceEqual(other.DestroyBeforeRetry)
        && one.StateLineage == other.StateLineage
        && (one.LogService, one.LogLocation) == (other.LogService, other.LogLocation)
        && one.SecretPrints.SequenceEqual(other.SecretPrints)
        && (one.Hosts.Count, one.Commands.Count) == (other.Hosts.Count, other.Commands.Count);
}
