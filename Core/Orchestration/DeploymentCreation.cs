using System.Security.Cryptography;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary>Makes or refreshes a deployment's record from a validated request.</summary>
public sealed class DeploymentCreation(Surroundings here)
{
    private const int SeedBytes = 32;

    public DeploymentRecord Create(ValidatedApp app, string name)
    {
        string id = DeploymentId.Create();
        DeploymentFolder folder = here.Home.Deployment(id);
        folder.Create();
        DateTimeOffset now = here.Clock.GetUtcNow();
        DeploymentRecord record = Refreshed(
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
                IpRange = here.Ranges.Take(folder.Path),
                Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedBytes)),
            },
            app);
        return here.Store.Save(record);
    }

    /// <summary>The record with what the request says now. What exists (addresses, interface, outputs) stays.</summary>
    public static DeploymentRecord Refreshed(DeploymentRecord record, ValidatedApp app) => record with
    {
        AppVersion = app.Manifest.Version,
        AppPath = app.Manifest.AppFolder,
        PatternName = app.PatternName,
        PatternVersion = app.PatternVersion,
        SshKey = app.SshKeys.PrivateKey,
        SshPublicKeys = app.SshKeys.PublicKeys,
        DestroyBeforeRetry = app.Pattern.Failure.DestroyBeforeRetry,
        Hosts = record.Hosts.Count > 0 ? record.Hosts : [.. app.Hosts.Select(DeploymentConversion.ToRecord)],
    };

    /// <summary>Points <c>.tfgrid-compose</c> in the app's folder to the deployment. Nothing depends on it, so a refusal is a warning.</summary>
    public void Link(DeploymentRecord record)
    {
        if (new AppLink(here.Home, record.AppPath).Point(record.Id) is { } refused)
        {
            here.Events.Emit(new DiagnosticRaised(refused));
        }
    }
}
