using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Patterns.Gateway;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Patterns.SingleVm;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>One of the real patterns with machines that it asked for.</summary>
internal sealed record AttackPattern(string Name, IPattern Pattern, string Manifest)
{
    public static AttackPattern Single { get; } = new("single-vm", new SingleVmPattern(), "config: {cpu: 1, memory: 512, disk: 5120}\n");

    public static AttackPattern Gateway { get; } = new(
        "gateway", new GatewayPattern(), "backend: {count: 2, services: [{name: web, port: 8080}]}\nresources: {gateway: {cpu: 1}}\n");

    public PatternOptions Options => OptionBinder.Bind(LocatedYaml.Parse(Manifest, "m.yaml"), Pattern.Declaration).Options;

    public IReadOnlyList<AssignedHost> Hosts =>
    [
        .. Pattern.Topology(new TopologyRequest { AppName = "app", Options = Options }).Hosts
            .Select((host, index) => new AssignedHost(host, index + 8)),
    ];

    public DeploymentFacts FactsOf(DeploymentRecord record) => new()
    {
        DeploymentId = record.Id,
        AppName = record.AppName,
        Hosts = DeploymentConversion.ToFacts(record.Hosts),
        Options = Options,
    };
}
