namespace TfgridCompose.Patterns.Sdk;

/// <summary>An apply that changes a running deployment.</summary>
public sealed record TransitionRequest
{
    /// <summary>The deployment before the change.</summary>
    public required DeploymentFacts Current { get; init; }

    /// <summary>The machines after the change.</summary>
    public required IReadOnlyList<AssignedHost> Planned { get; init; }

    /// <summary>Names of machines that are in both and will be replaced, which loses their content.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];
}

/// <summary>A command on a host before or after an apply that changes a running deployment.</summary>
/// <param name="When">Before or after the apply.</param>
/// <param name="Host">The host's name.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record TransitionStep(
    TransitionTime When, string Host, IReadOnlyList<string> Command, string Description);

/// <summary>When a transition step runs.</summary>
public enum TransitionTime
{
    /// <summary>Before Terraform changes anything; a failure stops the apply.</summary>
    BeforeApply,

    /// <summary>
    /// After the apply, as soon as SSH works on every machine. These steps still run if the run was killed before them.
    /// </summary>
    AfterApply,
}
