using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Implements the pattern contract for a <c>pattern.yaml</c>, from its declarations.</summary>
internal sealed class FolderPattern(FolderDefinition definition) : Pattern
{
    private const int MostMachines = 256;
    private const long MostDiskMb = 10 * Gigabytes.Megabytes * Gigabytes.Megabytes;

    public override PatternDeclaration Declaration => definition.Declaration;

    public override IReadOnlyList<PatternFile> Files => definition.Files;

    public override FailurePolicy Failure => definition.Failure;

    public override Topology Topology(TopologyRequest request)
    {
        PatternProblem[] problems = [.. definition.Roles.SelectMany(role => ProblemsOf(role, request.Options))];
        HostSpec[] hosts = problems.Length > 0 ? [] : [.. definition.Roles.SelectMany(role => HostsOf(role, request))];
        return new Topology
        {
            Hosts = hosts,
            Problems = problems.Length > 0 || hosts.Length > 0
                ? problems
                : [new(
                    "The pattern would create no machine",
                    "request at least one machine",
                    definition.Roles[0].Count.Option)],
        };
    }

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        definition.Variables.ToDictionary(pair => pair.Key, pair => TerraformFacts.Of(pair.Value, request));

    public override Inventory Inventory(DeploymentFacts deployment) => new()
    {
        Groups = [.. definition.Groups.Select(group => new InventoryGroup
        {
            Name = group.Key,
            Hosts = [.. deployment.Hosts.Where(host => group.Value.Contains(host.Role)).Select(host => host.Name)],
        })],
        Variables = definition.InventoryVariables.ToDictionary(
            pair => pair.Key, pair => InventoryFacts.Of(pair.Value, deployment)),
    };

    public override IReadOnlyList<string> AppTargets(DeploymentFacts deployment) => definition.AppRoles.Count == 0
        ? base.AppTargets(deployment)
        : [.. definition.AppRoles.SelectMany(role => deployment.Hosts.Where(host => host.Role == role))
            .Select(host => host.Name)];

    public override IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment) =>
    [
        .. base.Verification(deployment),
        .. definition.Checks.SelectMany(check => deployment.Hosts.Where(host => host.Role == check.Role)
            .Select(host => check.On(host.Name))),
    ];

    private static IEnumerable<HostSpec> HostsOf(RoleSpec role, TopologyRequest request)
    {
        IReadOnlyList<long> nodes = NodesOf(role, request.Options);
        for (int i = 0; i < Value(role.Count, request.Options); i++)
        {
            yield return new HostSpec
            {
                Name = role.HostName(i),
                Role = role.Name,
                Cpu = (int)Value(role.Cpu, request.Options),
                MemoryMb = (int)Value(role.Memory, request.Options),
                DiskGb = (int)Gigabytes.Of(Value(role.Disk, request.Options)),
                Networks = request.Network.Provision,
                PinnedNode = i < nodes.Count ? (int)nodes[i] : null,
            };
        }
    }

    // A single node applies to all machines of the role; a list assigns one node to each, as far as it goes.
    private static IReadOnlyList<long> NodesOf(RoleSpec role, PatternOptions options) =>
        role.Node is not { } node || !options.Has(node)
            ? []
            : options.Values[node] is long single
                ? [.. Enumerable.Repeat(single, (int)Value(role.Count, options))]
                : options.Integers(node);

    private static IEnumerable<PatternProblem> ProblemsOf(RoleSpec role, PatternOptions options) =>
    [
        .. Outside(role, "count", role.Count, 0, MostMachines, options),
        .. Outside(role, "cpu", role.Cpu, 1, MachineLimits.MostCpus, options),
        .. Outside(role, "memory", role.Memory, MachineLimits.LeastMemoryMb, MachineLimits.MostMemoryMb, options),
        .. Outside(role, "disk", role.Disk, 1, MostDiskMb, options),
        .. NodeProblems(role, options),
    ];

    private static IEnumerable<PatternProblem> Outside(
        RoleSpec role, string what, Amount amount, long least, long most, PatternOptions options)
    {
        if (amount.Of(options) is not { } value)
        {
            yield return new(
                $"The {what} of the role '{role.Name}' is set by the option '{amount.Option}', which has no value",
                $"give {amount.Option} a value",
                amount.Option);
        }
        else if (value < least || value > most)
        {
            yield return new(
                $"The {what} of the role '{role.Name}' is {value}, but must be from {least} to {most}",
                amount.Option is { } option ? $"change the option '{option}'" : "tell the pattern's author",
                amount.Option);
        }
    }

    private static IEnumerable<PatternProblem> NodeProblems(RoleSpec role, PatternOptions options)
    {
        long[] wrong = role.Node is { } node && options.Values.GetValueOrDefault(node) is { } given
            ? [.. (given is long single ? [single] : options.Integers(node)).Where(id => id is < 1 or > int.MaxValue)]
            : [];
        return wrong
            .Select(id => new PatternProblem($"{id} is not a node id", $"correct the option '{role.Node}'", role.Node));
    }

    private static long Value(Amount amount, PatternOptions options) => amount.Of(options) ?? 0;
}
