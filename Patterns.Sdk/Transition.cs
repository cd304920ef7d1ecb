namespace TfgridCompose.Patterns.Sdk;

/// <summary>An apply that changes a running deployment.</summary>
public sealed record TransitionRequest
{
    /// <summary>The deployment as it runs.</summary>
    public required DeploymentFacts Current { get; init; }

    /// <summary>The machines as they will be.</summary>
    public required IReadOnlyList<AssignedHost> Planned { get; init; }

    /// <summary>Names of machines that are in both and are made anew: their content is lost.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];
}

/// <summary>A command on a host before or after such an apply.</summary>
/// <param name="When">Before or after the apply.</param>
/// <param name="Host">The host's name.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record TransitionStep(TransitionTime When, string Host, IReadOnlyList<string> Command, string Description);

/// <summary>When a transition step runs.</summary>
public enum TransitionTime
{
    /// <summary>Before Terraform changes anything; a failure stops the apply.</summary>
    BeforeApply,

    /// <summary>After Terraform has changed it, as soon as every machine lets one log in. They are not lost where the run is killed in between.</summary>
    AfterApply,
}
