using System.Collections.Generic;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.Old;

/// <summary>Uses every member of contract 1.0, so that its binary shows when one of them no longer binds.</summary>
[ExportPattern("old", "1.0.0", "Built against the first SDK.")]
public sealed class OldPattern : Pattern
{
    private static readonly string[] DrainCommand = ["systemctl", "stop", "app"];

    public override PatternDeclaration Declaration { get; } = new()
    {
        Requires = ["terraform"],
        Roles = [new() { Name = "vm", Description = "The machine." }],
        Options =
        [
            new()
            {
                Name = "cpu",
                Type = OptionType.Integer,
                Sources = [new("config.cpu")],
                Default = "2",
                Min = 1,
                Max = 32,
                Description = "CPUs.",
            },
            new() { Name = "disk", Type = OptionType.Size, Sources = [new("resources.disk", SizeUnit.GB)] },
            new() { Name = "size", Sources = [new("config.size")], Allowed = ["small", "large"] },
        ],
        Outputs = [new() { Name = "extra", Description = "More." }],
        Commands = [new() { Name = "uptime", Description = "How long it runs.", Role = "vm", Command = ["uptime", "-p"] }],
    };

    public override FailurePolicy Failure => new() { DestroyBeforeRetry = ["grid_deployment.vm"] };

    public override Topology Topology(TopologyRequest request) => request.AppName == "impossible"
        ? new() { Problems = [new("no machine for it", "rename the app", "cpu")] }
        : new()
        {
            Hosts =
            [
                new()
                {
                    Name = "vm",
                    Role = "vm",
                    Cpu = (int)request.Options.Integer("cpu"),
                    MemoryMb = 1024,
                    DiskGb = 10,
                    Networks = request.Network.Provision,
                    PinnedNode = (int?)request.Options.IntegerOrNull("node"),
                },
            ],
        };

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => new Dictionary<string, object?>
    {
        ["id"] = request.DeploymentId,
        ["solution_type"] = request.SolutionType,
        ["grid_network"] = request.GridNetwork,
        ["ip_range"] = request.IpRange,
        ["node_id"] = request.Hosts[0].NodeId,
        ["key"] = request.Keys.Hex("old", 4),
        ["ssh_keys"] = request.SshPublicKeys,
        ["mycelium"] = request.Network.Has(NetworkKind.Mycelium),
        ["ports"] = request.Ports.Count,
    };

    public override OutputsResult ReadOutputs(OutputsRequest request)
    {
        OutputsResult result = base.ReadOutputs(request);
        return result.Violations.Count > 0
            ? result with { Violations = [.. result.Violations, new("extra", "not read", "mend the others")] }
            : result;
    }

    public override Inventory Inventory(DeploymentFacts deployment) => base.Inventory(deployment) with
    {
        Variables = new Dictionary<string, object?>
        {
            ["app"] = deployment.AppName,
            ["wireguard"] = deployment.Primary.AddressOn(NetworkKind.Wireguard),
        },
    };

    public override IReadOnlyList<string> AppTargets(DeploymentFacts deployment) => [deployment.Hosts[0].Name];

    public override IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment) =>
    [
        .. base.Verification(deployment),
        new TcpCheck("vm", 22),
        new HttpCheck("vm", 80, "/health", 204),
        new CommandCheck("vm", ["true"]),
    ];

    public override IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment) =>
        [.. base.Endpoints(deployment), new("extra", "tcp://1.2.3.4:5")];

    public override IReadOnlyList<TransitionStep> Transition(TransitionRequest request) =>
    [
        new(TransitionTime.BeforeApply, request.Current.Primary.Name, DrainCommand, "Drain"),
        new(TransitionTime.AfterApply, request.Planned[0].Spec.Name, DrainCommand, "Join"),
    ];
}
