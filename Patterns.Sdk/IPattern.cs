namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// A pattern describes the machines of a deployment. It declares data and makes decisions in pure functions: no member
/// does I/O, reads a clock or talks to the grid. Derive from <see cref="Pattern"/>, which implements most members.
/// </summary>
public interface IPattern
{
    /// <summary>Options, roles, outputs and commands. The build writes them into the plugin's descriptor.</summary>
    PatternDeclaration Declaration { get; }

    /// <summary>The Terraform files under <c>infrastructure/</c> and Ansible files under <c>platform/</c>.</summary>
    IReadOnlyList<PatternFile> Files { get; }

    /// <summary>What must be destroyed before a failed apply can be retried.</summary>
    FailurePolicy Failure { get; }

    /// <summary>The machines that the deployment needs. Problems are returned, not thrown.</summary>
    Topology Topology(TopologyRequest request);

    /// <summary>
    /// Terraform input variables (JSON-serialisable values) for the topology, after Core has chosen the nodes.
    /// </summary>
    IReadOnlyDictionary<string, object?> Variables(VariablesRequest request);

    /// <summary>
    /// Reads <c>terraform output -json</c> and checks the contract. Returns the hosts, or all violations.
    /// </summary>
    OutputsResult ReadOutputs(OutputsRequest request);

    /// <summary>Ansible groups and variables. Core adds how each host is reached.</summary>
    Inventory Inventory(DeploymentFacts deployment);

    /// <summary>Names of the hosts that get the app's source and hooks, in the order in which the hooks run.</summary>
    IReadOnlyList<string> AppTargets(DeploymentFacts deployment);

    /// <summary>
    /// The port on which the app's targets answer HTTP requests, 1 to 65535: checks in the manifest use it if they name none.
    /// Null for the port named <c>http</c> in the manifest, else 80. (Since 1.1.)
    /// </summary>
    int? AppPort(DeploymentFacts deployment) => null;

    /// <summary>The checks that must pass before the deployment counts as running.</summary>
    IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment);

    /// <summary>Addresses and URLs for people and scripts.</summary>
    IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment);

    /// <summary>Ordered steps around an apply that changes a running deployment.</summary>
    IReadOnlyList<TransitionStep> Transition(TransitionRequest request);

    /// <summary>
    /// Ordered steps around the hooks of one app target. The steps that put it into service always run; those that take
    /// it out of service run only in a rolling update.
    /// </summary>
    IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) => [];
}
