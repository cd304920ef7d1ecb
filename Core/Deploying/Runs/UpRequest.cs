using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>What the user asks of <c>up</c>.</summary>
public sealed record UpRequest
{
    /// <summary>The app's folder, absolute.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The value of <c>--name</c>; null for the app's name.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The grid from <c>--grid</c> or the context file; null for the one in the manifest, else in the user's configuration,
    /// else main.
    /// </summary>
    public GridName? Grid { get; init; }

    public string? SshKey { get; init; }

    public IReadOnlyList<string> Environment { get; init; } = [];

    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>How long to wait for the machines.</summary>
    public TimeSpan WaitLimit { get; init; } = SshWait.DefaultLimit;

    public bool Debug { get; init; }

    public PhaseSelection Selection { get; init; } = PhaseSelection.Default;

    /// <summary>Nodes that are left: their machines are made anew on other nodes, and they are not asked.</summary>
    public IReadOnlyList<int> LeftNodes { get; init; } = [];

    /// <summary>Whether the run only reads: it takes no lock on the state and does not wait for another's.</summary>
    public bool TakesNoLock { get; init; }

    /// <summary>Called before code of the app acts on this computer, if nobody has agreed to that code.</summary>
    public Func<TrustQuestion, bool> AgreesToCode { get; init; } = _ => false;

    /// <summary>Called on a paid grid before anything on it changes.</summary>
    public Func<DeploymentPlan, bool> Approve { get; init; } = _ => true;

    /// <summary>Called on every grid before data is lost.</summary>
    public Func<InfrastructurePlan, bool> ApproveDataLoss { get; init; } = _ => false;
}
