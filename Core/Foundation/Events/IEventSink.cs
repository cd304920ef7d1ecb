namespace TfgridCompose.Core.Foundation.Events;

public interface IEventSink
{
    void Emit(DeploymentEvent deploymentEvent);
}
