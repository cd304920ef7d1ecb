using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary>The deployment after <c>up</c>, and whether anything had to be done.</summary>
public sealed record UpResult(DeploymentRecord Record, bool NothingToDo);
