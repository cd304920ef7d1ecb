using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Deploying;

/// <summary>What <c>up</c> and <c>plan</c> are asked for: the app's manifest and the deployment's name.</summary>
internal sealed record AppRequest(UpRequest Asked, Manifest Manifest, string Name)
{
    public static AppRequest Load(UpRequest asked, IEventSink events)
    {
        LoadedManifest loaded = ManifestFile.Load(asked.AppFolder);
        foreach (Diagnostic warning in loaded.Warnings)
        {
            events.Emit(new DiagnosticRaised(warning));
        }

        return new AppRequest(asked, loaded.Manifest, asked.Name ?? loaded.Manifest.Name);
    }

    /// <summary>The grid that the deployment is or will be on; refuses where what exists does not fit the request.</summary>
    public GridName GridFor(DeploymentRecord? existing, DeploymentLocator locator)
    {
        RequireSameName(existing, locator);
        string? asked = Asked.Grid?.Value ?? Manifest.Grid;
        if (existing is null)
        {
            return GridName.Parse(asked ?? Asked.DefaultGrid ?? "main");
        }

        if (existing.Status == DeploymentStatus.Destroying)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.BeingDestroyed,
                $"{existing.Name} ({existing.Id}) is being destroyed; a `down` did not come to its end.",
                $"finish it: tfgrid-compose down {existing.Id} --yes");
        }

        return asked is null || asked == existing.Grid ? GridName.Parse(existing.Grid) : throw new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.OtherGrid,
            $"{existing.Name} ({existing.Id}) runs on the grid '{existing.Grid}', not '{asked}'.",
            $"deploy a second one with --name, or remove this one: tfgrid-compose down {existing.Id}");
    }

    // A plain `up` never makes a second deployment: not after the manifest was renamed either.
    private void RequireSameName(DeploymentRecord? existing, DeploymentLocator locator)
    {
        if (existing is null && Asked.Name is null && locator.OfFormerName(Manifest.AppFolder, Manifest.Name) is { } former)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.Renamed,
                $"This folder's deployment is {former.Name} ({former.Id}); the manifest now says '{Manifest.Name}'.",
                $"name it '{former.Name}' again, remove it first: tfgrid-compose down {former.Id}, or deploy a second one: --name {Manifest.Name}");
        }
    }
}
