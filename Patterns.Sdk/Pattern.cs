namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// The base class of a pattern. It returns the embedded files, makes an Ansible group for each role, installs the app
/// on the primary host and checks SSH on every host. A pattern must implement its declaration, its topology and its
/// variables.
/// </summary>
public abstract class Pattern : IPattern
{
    private IReadOnlyList<PatternFile>? _files;

    /// <inheritdoc/>
    public abstract PatternDeclaration Declaration { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<PatternFile> Files => _files ??= EmbeddedFiles.Of(GetType().Assembly);

    /// <inheritdoc/>
    public virtual FailurePolicy Failure => new();

    /// <inheritdoc/>
    public abstract Topology Topology(TopologyRequest request);

    /// <inheritdoc/>
    public abstract IReadOnlyDictionary<string, object?> Variables(VariablesRequest request);

    /// <inheritdoc/>
    public virtual OutputsResult ReadOutputs(OutputsRequest request) => ContractOutputs.Read(request);

    /// <inheritdoc/>
    public virtual Inventory Inventory(DeploymentFacts deployment) => new()
    {
        Groups = [.. deployment.Hosts
            .GroupBy(host => host.Role, StringComparer.Ordinal)
            .Select(role => new InventoryGroup
            {
                Name = role.Key.Replace('-', '_'),
                Hosts = [.. role.Select(host => host.Name)],
            })],
    };

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> AppTargets(DeploymentFacts deployment) => [deployment.Primary.Name];

    /// <inheritdoc/>
    public virtual int? AppPort(DeploymentFacts deployment) => null;

    /// <inheritdoc/>
    public virtual IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment) =>
        [.. deployment.Hosts.Select(host => new SshCheck(host.Name))];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment) =>
        [.. deployment.Ports.Select(port => Endpoint.For(port, deployment.Primary.Address))];

    /// <inheritdoc/>
    public virtual IReadOnlyList<TransitionStep> Transition(TransitionRequest request) => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) => [];
}
