using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Tools.Contracts;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A report of leaks for people and for scripts.</summary>
internal static class LeakView
{
    private const int OwnerWidth = 7;

    /// <summary>One line for each deployment, with its contracts below it, then one for each thing left on this machine.</summary>
    public static string Text(LeakReport report) => TextTable.Text([.. report.Contracts.SelectMany(Rows), .. report.Machine.Select(Row)]);

    /// <summary>What can be done about it.</summary>
    public static string Hints(LeakReport report)
    {
        if (report.IsEmpty)
        {
            return $"no leaks; checked: {(report.Grids.Count > 0 ? string.Join(", ", report.Grids) : "no grid")}, this machine\n";
        }

        LeakOwner[] owners = [.. report.Contracts.Select(leak => leak.Owner), .. report.Machine.Select(left => left.Owner)];
        string ours = $"clean up what is yours:  {Product.Name} leaks --clean\n";
        string foreign = "foreign items may belong to a colleague, or to another machine of yours;\n"
            + $"if you know that nobody needs them:  {Product.Name} leaks --clean ID\n";
        return (owners.Contains(LeakOwner.Ours) ? ours : "") + (owners.Contains(LeakOwner.Foreign) ? foreign : "");
    }

    /// <summary>The commands that end contracts of paid grids, each followed by a comma; empty if there are none.</summary>
    public static string Commands(LeakReport report) => string.Concat(report.Contracts
        .Where(leak => leak.Grid != GridNames.Local)
        .GroupBy(leak => leak.Grid)
        .Select(group => (Grid: group.Key, Ids: group.SelectMany(leak => leak.Contracts).Select(contract => contract.Id)))
        .Select(group => $"with tfcmd logged in to {group.Grid}: `{TfcmdCancel.Command(group.Ids)}`, "));

    public static string Json(LeakReport report) => JsonText.Of(new
    {
        grids = report.Grids,
        contracts = report.Contracts.Select(leak => new
        {
            grid = leak.Grid,
            deployment_id = leak.DeploymentId,
            name = leak.Name,
            owner = Word(leak.Owner),
            stray = leak.IsStray,
            reason = leak.Reason,
            contracts = leak.Contracts.Select(contract => new
            {
                id = contract.Id,
                node = contract.NodeId,
                type = contract.Type,
                workload = contract.Workload,
                state = contract.State,
            }),
        }),
        machine = report.Machine.Select(left => new
        {
            kind = Word(left.Kind),
            what = left.What,
            deployment_id = left.DeploymentId,
            owner = Word(left.Owner),
            reason = left.Reason,
        }),
        problems = report.Problems.Select(problem => new { code = problem.Code, message = problem.Message, remedy = problem.Remedy }),
    });

    private static IEnumerable<string[]> Rows(LeakedContracts leak)
    {
        string name = leak.Name.Length > 0 ? $" ({leak.Name})" : "";
        return
        [
            [Owner(leak.Owner), $"{leak.DeploymentId}{name} on {leak.Grid}: {leak.Reason}"],
            .. leak.Contracts.Select(contract => new[] { "", $"  {contract}" }),
        ];
    }

    private static string[] Row(MachineLeftover left) =>
        [Owner(left.Owner), $"{left.DeploymentId} on this machine: {Word(left.Kind)} {left.What}: {left.Reason}"];

    private static string Owner(LeakOwner owner) => Word(owner).PadRight(OwnerWidth);

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
