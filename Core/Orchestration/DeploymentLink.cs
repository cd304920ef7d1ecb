using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary>The link <c>.tfgrid-compose</c> in an app's folder.</summary>
public sealed class DeploymentLink(Surroundings here)
{
    /// <summary>Points it to the deployment. Nothing depends on it, so a refusal is a warning.</summary>
    public void Point(DeploymentRecord record)
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

    /// <summary>Removes it where it points to this deployment.</summary>
    public void Remove(DeploymentRecord record)
    {
        string link = Path.Combine(record.AppPath, DeploymentLocator.LinkName);
        if (new FileInfo(link).LinkTarget == here.Home.Deployment(record.Id).Path)
        {
            File.Delete(link);
        }
    }
}
