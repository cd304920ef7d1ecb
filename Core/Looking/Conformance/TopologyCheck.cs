using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>The machines that a pattern asks for.</summary>
internal static partial class TopologyCheck
{
    public static IReadOnlyList<Finding> Of(Topology topology, Topology again, PatternDeclaration declaration)
    {
        var findings = new List<Finding>(
            topology.Problems
                .Select(problem => new Finding($"the pattern refuses the sample: {problem.Message}", problem.Remedy)));
        if (topology.Problems.Count == 0 && topology.Hosts.Count == 0)
        {
            findings.Add(new("it asks for no machine", "return at least one host"));
        }

        findings.AddRange(topology.Hosts.SelectMany(host => OfHost(host, declaration)));
        findings.AddRange(topology.Hosts.GroupBy(host => host.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group =>
                new Finding(
                    $"{group.Count()} machines are named '{group.Key}'", "give each machine a name of its own")));
        if (JsonSerializer.Serialize(topology) != JsonSerializer.Serialize(again))
        {
            findings.Add(new(
                "the same request gave another topology the second time",
                "use only the request: no clock, no random number, no counter"));
        }

        return findings;
    }

    private static IEnumerable<Finding> OfHost(HostSpec host, PatternDeclaration declaration)
    {
        if (!HostName().IsMatch(host.Name))
        {
            yield return new(
                $"the machine's name '{host.Name}' is not made of letters, digits and underscores",
                "rename it, for example 'web_1'");
        }

        if (host.Name.Length > MachineLimits.LongestName)
        {
            yield return new(
                $"the machine's name '{host.Name}' has {host.Name.Length} characters",
                $"a node accepts at most {MachineLimits.LongestName}: shorten it");
        }

        if (declaration.Roles.All(role => role.Name != host.Role))
        {
            yield return new(
                $"the machine '{host.Name}' has the role '{host.Role}', which is not declared",
                "add it to Declaration.Roles");
        }

        if (host.Cpu is < 1 or > MachineLimits.MostCpus)
        {
            yield return new(
                $"the machine '{host.Name}' has {host.Cpu} CPUs", $"ask for 1 to {MachineLimits.MostCpus}");
        }

        if (host.MemoryMb is < MachineLimits.LeastMemoryMb or > MachineLimits.MostMemoryMb)
        {
            yield return new(
                $"the machine '{host.Name}' has {host.MemoryMb} MB of memory",
                $"ask for {MachineLimits.LeastMemoryMb} to {MachineLimits.MostMemoryMb} MB");
        }

        long leastDisk = MachineLimits.LeastDiskGb(host.Cpu, host.MemoryMb);
        if (host.DiskGb < 1)
        {
            yield return new($"the machine '{host.Name}' has {host.DiskGb} GB of disk", "ask for 1 GB or more");
        }
        else if (host.DiskGb < leastDisk && host is { Cpu: <= MachineLimits.MostCpus, MemoryMb: <= MachineLimits.MostMemoryMb })
        {
            yield return new(
                $"the machine '{host.Name}' has {host.DiskGb} GB of disk with {host.Cpu} CPUs and {host.MemoryMb} MB of memory",
                $"ask for {leastDisk} GB or more");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]+\z")]
    private static partial Regex HostName();
}
