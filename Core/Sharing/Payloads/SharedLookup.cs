using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>Asks a backend whether it holds a deployment, and changes nothing there.</summary>
/// <param name="here">Surroundings whose home may be written to: the temporary Terraform folder goes there.</param>
public sealed class SharedLookup(Surroundings here)
{
    /// <summary>The record that the place holds, or null.</summary>
    public async Task<DeploymentRecord?> FindAsync(BackendPlace place, CancellationToken cancellation)
    {
        string folder = Path.Combine(here.Home.Path, "lookup");
        BackendFile.Write(folder, place.Kind, place.Record);
        return (await RecordState.In(here, folder, place.Location).PullAsync(cancellation)).Payload?.Record;
    }
}
