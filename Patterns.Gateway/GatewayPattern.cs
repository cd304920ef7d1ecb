using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>A machine with a public address in front of private machines that run the app.</summary>
[ExportPattern("gateway", PatternBuild.Version, PatternBuild.Description)]
public sealed class GatewayPattern : Pattern
{
    /// <inheritdoc/>
    public override PatternDeclaration Declaration { get; } = new()
    {
        Options = GatewayOptions.All,
        Roles =
        [
            new() { Name = Role.Gateway, Description = "The public machine: proxy or port forwarding, certificates and firewall." },
            new() { Name = Role.Backend, Description = "The private machines that run the app." },
        ],
        Commands = GatewayCommands.All,
    };

    /// <inheritdoc/>
    public override Topology Topology(TopologyRequest request)
    {
        var settings = GatewaySettings.Of(request.Options, request.Ports);
        return new Topology
        {
            Hosts = GatewayTopology.Hosts(request, settings),
            Problems = SettingsProblems.Of(settings, request),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        GatewayTopology.Variables(request);

    /// <inheritdoc/>
    public override Inventory Inventory(DeploymentFacts deployment) => GatewayInventory.Of(deployment);

    /// <inheritdoc/>
    public override IReadOnlyList<string> AppTargets(DeploymentFacts deployment) =>
        [.. Backends(deployment).Select(host => host.Name)];

    /// <inheritdoc/>
    public override int? AppPort(DeploymentFacts deployment) =>
        GatewaySettings.Of(deployment.Options, deployment.Ports).Services.FirstOrDefault(service => service.IsHttp)?.Port;

    /// <inheritdoc/>
    public override IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment)
    {
        var settings = GatewaySettings.Of(deployment.Options, deployment.Ports);
        IEnumerable<int> ports = settings.Services.Select(service => PublicPort(settings, service)).Distinct();
        return
        [
            .. base.Verification(deployment),
            .. ports.Select(port => new TcpCheck(deployment.Primary.Name, port)),
            new CommandCheck(deployment.Primary.Name, [GatewayCommands.Tool, "check"]),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment)
    {
        var settings = GatewaySettings.Of(deployment.Options, deployment.Ports);
        string address = deployment.Primary.AddressOn(NetworkKind.PublicIpv4) ?? deployment.Primary.Address;
        PortSpec[] web =
        [
            .. settings.Services.Where(service => service.IsHttp)
                .Select(service => PublicPort(settings, service))
                .Distinct()
                .Select(port => new PortSpec(port, "http")),
        ];
        PortSpec[] named = settings.Ssl ? [new(GatewaySettings.HttpsPort, "https")] : web;
        return
        [
            .. settings.Domains.SelectMany(domain => named.Select(port => Endpoint.For(port, domain))),
            .. web.Select(port => Endpoint.For(port, address)),
            .. settings.Services.Where(service => !service.IsHttp)
                .Select(service => Endpoint.For(new PortSpec(PublicPort(settings, service), service.Name), address)),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TransitionStep> Transition(TransitionRequest request)
    {
        string gateway = request.Current.Primary.Name;
        if (request.Replaced.Contains(gateway))
        {
            return [];
        }

        // --even-last: the manifest removes them, even if no other backend serves.
        // Replaced backends come back into service with the app.
        IEnumerable<string> leaving = Backends(request.Current).Select(host => host.Name)
            .Where(name => request.Replaced.Contains(name) || request.Planned.All(host => host.Spec.Name != name));
        return
        [
            .. leaving.Select(name => new TransitionStep(
                TransitionTime.BeforeApply,
                gateway,
                GatewayCommands.WhereInstalled("drain", "--even-last", name),
                $"take {name} out of service")),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) =>
    [
        Step(RolloutTime.BeforeHooks, deployment, ["drain", target], $"take {target} out of service"),
        Step(RolloutTime.AfterHooks, deployment, ["ready", target], $"put {target} into service"),
    ];

    private static RolloutStep Step(RolloutTime when, DeploymentFacts deployment, string[] arguments, string description) =>
        new(when, deployment.Primary.Name, [GatewayCommands.Tool, .. arguments], description);

    private static int PublicPort(GatewaySettings settings, Service service) =>
        settings.PublicPort(service) ?? GatewaySettings.HttpPort;

    private static IEnumerable<HostFacts> Backends(DeploymentFacts deployment) =>
        deployment.Hosts.Where(host => host.Role == Role.Backend);
}
