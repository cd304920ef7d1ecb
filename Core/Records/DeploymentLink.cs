using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Records;

/// <summary>The link <c>.tfgrid-compose</c> in an app's folder; problems with it are shown as warnings.</summary>
public sealed class DeploymentLink(Surroundings here)
{
    /// <summary>
    /// Points it to the deployment. Nothing depends on it, so a failure is only a warning. True if there was none
    /// before.
    /// </summary>
    public bool Point(DeploymentRecord record)
    {
        var link = new AppLink(here.Home, record.AppPath);
        bool isNew = !link.Exists;
        if (link.Point(record.Id) is { } refused)
        {
            here.Events.Emit(new DiagnosticRaised(refused));
            return false;
        }

        return isNew;
    }

    /// <summary>Removes it if it points to this deployment.</summary>
    public void Remove(DeploymentRecord record) => new AppLink(here.Home, record.AppPath).Remove(record.Id);
}
