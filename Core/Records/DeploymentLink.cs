using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Records;

/// <summary>The link <c>.tfgrid-compose</c> in an app's folder, of a run that tells what it meets.</summary>
public sealed class DeploymentLink(Surroundings here)
{
    /// <summary>Points it to the deployment. Nothing depends on it, so a refusal is a warning.</summary>
    public void Point(DeploymentRecord record)
    {
        if (new AppLink(here.Home, record.AppPath).Point(record.Id) is { } refused)
        {
            here.Events.Emit(new DiagnosticRaised(refused));
        }
    }

    /// <summary>Removes it where it points to this deployment.</summary>
    public void Remove(DeploymentRecord record) => new AppLink(here.Home, record.AppPath).Remove(record.Id);
}
