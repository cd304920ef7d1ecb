using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk.Tests;

/// <summary>Outputs that fulfil the contract, with changes; null removes an output.</summary>
internal static class Outputs
{
    public const string IpRange = "10.42.0.0/16";

    public static OutputsResult Read(params (string Name, object? Value)[] changes) =>
        ContractOutputs.Read(Request(changes));

    public static OutputsRequest Request(params (string Name, object? Value)[] changes)
    {
        var outputs = new Dictionary<string, object?>
        {
            ["primary_ip"] = "10.42.1.2",
            ["primary_ip_type"] = "wireguard",
            ["deployment_name"] = "vm_abc",
            ["node_ids"] = new[] { 8 },
        };
        foreach ((string name, object? value) in changes)
        {
            if (value is Absent)
            {
                outputs.Remove(name);
            }
            else
            {
                outputs[name] = value;
            }
        }

        return new OutputsRequest
        {
            Outputs = outputs.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value)),
            Hosts = [Host("vm"), Host("db")],
            IpRange = IpRange,
        };
    }

    /// <summary>The violations as <c>output message</c>, each with a remedy.</summary>
    public static IReadOnlyList<string> Violations(params (string Name, object? Value)[] changes)
    {
        OutputsResult result = Read(changes);
        Assert.That(result.Violations.Select(violation => violation.Remedy), Has.None.Empty);
        Assert.That(
            (result.Values is null, result.Hosts.Count == 0),
            Is.EqualTo((result.Violations.Count > 0, result.Violations.Count > 0)));
        return [.. result.Violations.Select(violation => $"{violation.Output} {violation.Message}")];
    }

    public static AssignedHost Host(string name) =>
        new(new HostSpec { Name = name, Role = "machine", Cpu = 1, MemoryMb = 512, DiskGb = 5 }, name == "vm" ? 8 : 9);

    public sealed record Absent;
}
