namespace TfgridCompose.Core.Events;

public interface IEventSink
{
    void Emit(DeploymentEvent deploymentEvent);
}
