using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Validation;

/// <summary>Machines that no node accepts, found before Terraform is asked.</summary>
internal static class HostLimits
{
    /// <param name="hosts">The machines of the topology.</param>
    /// <param name="at">Where the manifest asks for them.</param>
    public static IReadOnlyList<Diagnostic> ProblemsOf(IReadOnlyList<HostSpec> hosts, SourceLocation at) =>
        [.. hosts.SelectMany(host => ProblemsOf(host, at))];

    private static IEnumerable<Diagnostic> ProblemsOf(HostSpec host, SourceLocation at)
    {
        if (host.Name.Length > MachineLimits.LongestName)
        {
            yield return Impossible(
                $"The machine's name '{host.Name}' has {host.Name.Length} characters, and the grid accepts at most "
                    + $"{MachineLimits.LongestName}.",
                "shorten it, or tell the pattern's author",
                at);
        }

        long least = MachineLimits.LeastDiskGb(host.Cpu, host.MemoryMb);
        if (host.DiskGb < least)
        {
            yield return Impossible(
                $"The machine '{host.Name}' with {host.Cpu} CPUs and {host.MemoryMb} MB of memory has a disk of {host.DiskGb} GB, and "
                    + $"the grid gives it at least {least} GB.",
                $"ask for {least} GB or more, or for a smaller machine",
                at);
        }
    }

    private static Diagnostic Impossible(string message, string remedy, SourceLocation at) =>
        Diagnostic.Error(PhaseCodes.TopologyImpossible, message, remedy, at);
}
