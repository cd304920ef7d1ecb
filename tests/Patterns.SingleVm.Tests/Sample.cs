using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm.Tests;

/// <summary>Requests as Core makes them, with the declared defaults.</summary>
internal static class Sample
{
    public const string IpRange = "10.42.0.0/16";

    public static PatternOptions Options(params (string Name, object Value)[] given)
    {
        var values = new Dictionary<string, object>
        {
            ["cpu"] = 2L,
            ["memory"] = 2048L,
            ["disk"] = 20480L,
            ["docker"] = false,
            ["base_packages"] = (IReadOnlyList<string>)["git", "curl", "build-essential"],
        };
        foreach ((string name, object value) in given)
        {
            values[name] = value;
        }

        return new PatternOptions(values);
    }

    public static NetworkRequest Network(params NetworkKind[] inOrder) =>
        new() { Provision = [.. inOrder.Order()], Prefer = inOrder };

    public static IReadOnlyDictionary<string, object?> Variables(PatternOptions options, NetworkRequest network)
    {
        var pattern = new SingleVmPattern();
        Topology topology = pattern.Topology(
            new TopologyRequest { AppName = "hello", Options = options, Network = network });
        return pattern.Variables(new VariablesRequest
        {
            DeploymentId = "abc123xyz",
            Hosts = [.. topology.Hosts.Select(host => new AssignedHost(host, 8))],
            IpRange = IpRange,
            SshPublicKeys = ["ssh-ed25519 AAAA one", "ssh-ed25519 BBBB two"],
            Keys = new DeploymentKeys(new byte[32]),
            Options = options,
            Network = network,
        });
    }

    public static DeploymentFacts Deployed(PatternOptions options, params HostAddress[] addresses) => new()
    {
        DeploymentId = "abc123xyz",
        AppName = "hello",
        Hosts = [new HostFacts { Name = "vm", Role = "vm", NodeId = 8, Addresses = addresses }],
        Options = options,
        Ports = [new PortSpec(8080, "http"), new PortSpec(22, "ssh")],
    };
}
