namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// A pattern says what the machines of a deployment look like. It declares what is data and decides by pure functions:
/// no member does I/O, reads a clock or talks to the grid. Derive from <see cref="Pattern"/>, which answers most of it.
/// </summary>
public interface IPattern
{
    /// <summary>Options, roles, outputs and commands; written into the plugin's descriptor at build.</summary>
    PatternDeclaration Declaration { get; }

    /// <summary>The Terraform files under <c>infrastructure/</c> and Ansible files under <c>platform/</c>.</summary>
    IReadOnlyList<PatternFile> Files { get; }

    /// <summary>What is safe to retry after a failed apply, and what must be destroyed first.</summary>
    FailurePolicy Failure { get; }

    /// <summary>Which machines the deployment needs. Problems are returned, never thrown.</summary>
    Topology Topology(TopologyRequest request);

    /// <summary>Terraform input variables (JSON-serialisable values) for the topology, once Core has chosen the nodes.</summary>
    IReadOnlyDictionary<string, object?> Variables(VariablesRequest request);

    /// <summary>Reads <c>terraform output -json</c> and validates the contract; returns the hosts or every violation at once.</summary>
    OutputsResult ReadOutputs(OutputsRequest request);

    /// <summary>Ansible groups and variables. Core adds how each host is reached.</summary>
    Inventory Inventory(DeploymentFacts deployment);

    /// <summary>Names of the hosts that get the app's source and hooks, in the order in which hooks run.</summary>
    IReadOnlyList<string> AppTargets(DeploymentFacts deployment);

    /// <summary>What must answer before the deployment counts as running.</summary>
    IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment);

    /// <summary>Addresses and URLs for people and scripts.</summary>
    IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment);

    /// <summary>Ordered steps around an apply that changes a running deployment.</summary>
    IReadOnlyList<TransitionStep> Transition(TransitionRequest request);

    /// <summary>Ordered steps around the hooks of one app target: those that take it out of service where its turn comes, those that bring it into service always.</summary>
    IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) => [];
}
