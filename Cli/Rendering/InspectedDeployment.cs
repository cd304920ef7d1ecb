using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What <c>inspect</c> shows.</summary>
internal sealed record InspectedDeployment
{
    public required DeploymentRecord Record { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyList<InspectedFile> Files { get; init; }

    public required IReadOnlyList<PhaseHistory> Phases { get; init; }

    /// <summary>Who works on it now, or null.</summary>
    public LockHolder? LockedBy { get; init; }

    public bool IsSelected { get; init; }
}
