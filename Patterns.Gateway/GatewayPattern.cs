using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>A machine with a public address before private machines that serve the app.</summary>
[ExportPattern("gateway", PatternBuild.Version, PatternBuild.Description)]
public sealed class GatewayPattern : Pattern
{
    /// <inheritdoc/>
    public override PatternDeclaration Declaration { get; } = new()
    {
        Options = GatewayOptions.All,
        Roles =
        [
            new RoleDeclaration { Name = Role.Gateway, Description = "The public machine: proxy or port forwarding, certificates, firewall." },
            new RoleDeclaration { Name = Role.Backend, Description = "The private machines that run the app." },
        ],
        Commands = GatewayCommands.All,
    };

    /// <inheritdoc/>
    public override Topology Topology(TopologyRequest request)
    {
        var settings = GatewaySettings.Of(request.Options, request.Ports);
        return new Topology { Hosts = GatewayTopology.Hosts(request, settings), Problems = SettingsProblems.Of(settings, request) };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => GatewayTopology.Variables(request);

    /// <inheritdoc/>
    public override Inventory Inventory(DeploymentFacts deployment) => GatewayInventory.Of(deployment);

    /// <inheritdoc/>
    public override IReadOnlyList<string> AppTargets(DeploymentFacts deployment) => [.. Backends(deployment).Select(host => host.Name)];

    /// <inheritdoc/>
    public override IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment)
    {
        var settings = GatewaySettings.Of(deployment.Options, deployment.Ports);
        IEnumerable<int> ports = settings.Services.Select(service => settings.PublicPort(service) ?? GatewaySettings.HttpPort).Distinct();
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
        PortSpec[] web = [.. settings.Services.Where(service => service.IsHttp).Select(service => settings.PublicPort(service) ?? GatewaySettings.HttpPort).Distinct().Select(port => new PortSpec(port, "http"))];
        PortSpec[] named = settings.Ssl ? [new(GatewaySettings.HttpsPort, "https")] : web;
        return
        [
            .. settings.Domains.SelectMany(domain => named.Select(port => Endpoint.For(port, domain))),
            .. web.Select(port => Endpoint.For(port, address)),
            .. settings.Services.Where(service => !service.IsHttp).Select(service => Endpoint.For(new PortSpec(settings.PublicPort(service) ?? service.Port, service.Name), address)),
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

        // They go whether or not another serves: that is what the manifest says. Those that are made anew are brought into service with the app, as new ones are.
        IEnumerable<string> going = Backends(request.Current).Select(host => host.Name).Where(name => request.Replaced.Contains(name) || request.Planned.All(host => host.Spec.Name != name));
        return [.. going.Select(name => new TransitionStep(TransitionTime.BeforeApply, gateway, GatewayCommands.WhereInstalled("drain", "--even-last", name), $"take {name} out of service"))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) =>
    [
        new(RolloutTime.BeforeHooks, deployment.Primary.Name, [GatewayCommands.Tool, "drain", target], $"take {target} out of service"),
        new(RolloutTime.AfterHooks, deployment.Primary.Name, [GatewayCommands.Tool, "ready", target], $"let {target} serve"),
    ];

    private static IEnumerable<HostFacts> Backends(DeploymentFacts deployment) => deployment.Hosts.Where(host => host.Role == Role.Backend);
}
