using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>Reads and checks the contract's outputs. <c>docs/pattern-contract.md</c> lists the rules.</summary>
public static class ContractOutputs
{
    /// <summary>Every output that a pattern must have.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        "primary_ip",
        "primary_ip_type",
        "deployment_name",
        "node_ids",
    ];

    /// <summary>The hosts and values, or all violations at once.</summary>
    public static OutputsResult Read(OutputsRequest request)
    {
        var reader = new OutputReader(request.Outputs, request.IpRange);
        string? type = reader.AddressType("primary_ip_type");
        HostAddress? primary = reader.Address("primary_ip", type);
        string? name = reader.RequiredLine("deployment_name");
        IReadOnlyList<int> nodes = reader.NodeIds("node_ids");
        IReadOnlyList<SecondaryIp> secondary = reader.SecondaryIps("secondary_ips");
        HostAddress? mycelium = reader.OptionalAddress("mycelium_ip", "mycelium");
        string? network = reader.OptionalLine("network_name");
        string? wireguard = reader.OptionalText("wg_config");
        IReadOnlyDictionary<string, string> info = reader.Map("connection_info");
        if (reader.Violations.Count > 0 || primary is null || type is null || name is null)
        {
            return new OutputsResult { Violations = reader.Violations };
        }

        return new OutputsResult
        {
            Hosts = HostsOf(request.Hosts, primary, mycelium, secondary),
            Values = new ContractValues
            {
                PrimaryIp = primary.Ip,
                PrimaryIpType = type,
                DeploymentName = name,
                NodeIds = nodes,
                MyceliumIp = mycelium?.Ip,
                NetworkName = network,
                WireguardConfig = wireguard,
                ConnectionInfo = info,
            },
        };
    }

    // A secondary address belongs to the host with its name; a new name is another host.
    private static List<HostFacts> HostsOf(
        IReadOnlyList<AssignedHost> asked,
        HostAddress primary,
        HostAddress? mycelium,
        IReadOnlyList<SecondaryIp> secondary)
    {
        var addresses = new Dictionary<string, List<HostAddress>>(StringComparer.Ordinal);
        var roles =
            asked.ToDictionary(host => host.Spec.Name, host => host.Spec.Role, StringComparer.Ordinal);
        string primaryName = asked.Count > 0 ? asked[0].Spec.Name : "primary";
        Add(primaryName, primary);
        foreach (SecondaryIp entry in secondary)
        {
            roles.TryAdd(entry.Name, entry.Role);
            Add(entry.Name, entry.Address);
        }

        if (mycelium is not null)
        {
            Add(primaryName, mycelium);
        }

        return [.. addresses.Select(pair => new HostFacts
        {
            Name = pair.Key,
            Role = roles.GetValueOrDefault(pair.Key, pair.Key),
            NodeId = asked.FirstOrDefault(host => host.Spec.Name == pair.Key)?.NodeId ?? 0,
            Addresses = pair.Value,
        })];

        void Add(string host, HostAddress address)
        {
            List<HostAddress> list = addresses.TryGetValue(host, out List<HostAddress>? found)
                ? found
                : addresses[host] = [];
            if (!list.Contains(address))
            {
                list.Add(address);
            }
        }
    }
}
