using System.Security.Cryptography;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary>Makes or refreshes a deployment's record from a validated request.</summary>
public sealed class DeploymentCreation(Surroundings here, DeploymentIndex index)
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
        // The record first: an index line without one would hide what is there.
        record = here.Store.Save(record);
        index.Add(IndexEntry.Of(record));
        return record;
    }

    /// <summary>The record with what the request says now. What exists (addresses, interface, outputs) stays.</summary>
    public DeploymentRecord Refreshed(DeploymentRecord record, ValidatedApp app)
    {
        DeploymentRecord refreshed = record with
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
        if (record.AppPath != refreshed.AppPath)
        {
            index.Add(IndexEntry.Of(refreshed));
        }

        return refreshed;
    }

    /// <summary>Points <c>.tfgrid-compose</c> in the app's folder to the deployment. Nothing depends on it, so a refusal is a warning.</summary>
    public void Link(DeploymentRecord record)
    {
        string link = Path.Combine(record.AppPath, DeploymentLocator.LinkName);
        string target = here.Home.Deployment(record.Id).Path;
        try
        {
            var current = new FileInfo(link);
            if (current.LinkTarget == target)
            {
                return;
            }

            if (current.LinkTarget is not null)
            {
                File.Delete(link);
            }

            File.CreateSymbolicLink(link, target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            here.Events.Emit(new DiagnosticRaised(Diagnostic.Warning(
                StateCodes.LinkBlocked, $"{link} could not be linked to {target}: {problem.Message}", "use the deployment by its id, or move what is in the way")));
        }
    }
}
