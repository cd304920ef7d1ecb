using System.Text;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What <c>up</c> would do, for people and for scripts.</summary>
internal static class PlanView
{
    public static string Text(PlanResult result)
    {
        string what = result.IsNew ? "a new deployment" : $"deployment {result.Record.Id}";
        var text = new StringBuilder($"{what} of {result.Record.AppName} with {result.Record.PatternName} on {result.Record.Grid}\n");
        IReadOnlyList<string> steps = TextTable.Lines([.. result.Plan.Steps.Select(Row)]);
        foreach (string line in InfrastructureLines(result.Plan).Concat(steps))
        {
            text.Append("  ").Append(line).Append('\n');
        }

        return text.Append(result.Plan.NothingToDo ? "nothing to do\n" : "").ToString();
    }

    /// <summary>What changes on the grid. Machines come first: they are what people lose or pay for.</summary>
    public static IEnumerable<string> InfrastructureLines(DeploymentPlan plan) => plan.Infrastructure is not { } infrastructure ? [] :
    [
        .. infrastructure.Hosts.Select(
            host => $"{Word(host.Action)} machine {host.Host}{(host.LosesData ? $" ({DataLossText.Mark})" : "")}: {host.Reason}"),
        .. infrastructure.Storage.Select(loss => $"{Word(loss.Action)} {DataLossText.Of(loss)} ({DataLossText.Mark})"),
        .. infrastructure.Terraform.Changes.SelectMany(change => Lines(change)),
    ];

    public static string Json(PlanResult result) => JsonText.Of(new
    {
        id = result.IsNew ? null : result.Record.Id,
        name = result.Record.Name,
        app = result.Record.AppName,
        pattern = result.Record.PatternName,
        grid = result.Record.Grid,
        nothing_to_do = result.Plan.NothingToDo,
        machines = (result.Plan.Infrastructure?.Hosts ?? []).Select(host => new
        {
            host = host.Host,
            action = host.Action.ToString().ToLowerInvariant(),
            loses_data = host.LosesData,
            reason = host.Reason,
        }),
        storage = (result.Plan.Infrastructure?.Storage ?? []).Select(loss => new
        {
            resource = loss.Resource,
            kind = loss.Kind,
            name = loss.Name,
            action = loss.Action.ToString().ToLowerInvariant(),
            loses_data = true,
        }),
        resources = (result.Plan.Infrastructure?.Terraform.Changes ?? []).Select(change => new
        {
            address = change.Address,
            action = change.Action,
            attributes = change.Attributes.Select(attribute => new
            {
                path = attribute.Path,
                before = attribute.Before,
                after = attribute.After,
            }),
        }),
        outputs_change = result.Plan.Infrastructure?.Terraform.OutputsChange ?? false,
        phases = result.Plan.Steps.Select(step => new
        {
            phase = step.Phase.Word(),
            runs = step.Runs,
            reason = step.Reason,
            changed = step.Changed,
        }),
        moved_values = result.Plan.MovedValues.Select(moved => new
        {
            name = moved.Name,
            before = moved.Before,
            now = moved.Now,
        }),
    });

    private static string[] Row(PhaseStep step) => [step.Runs ? "run" : "skip", step.Phase.Word(), step.Reason];

    private static IEnumerable<string> Lines(ResourceChange change) =>
    [
        $"{Sign(change.Action)} {change.Address}",
        .. change.Attributes.Select(attribute => $"    {attribute.Path}: {attribute.Before} -> {attribute.After}"),
    ];

    private static string Word(HostAction action) => action switch
    {
        HostAction.Create => "make",
        HostAction.Replace => "replace",
        _ => "remove",
    };

    private static string Sign(string action) => action switch
    {
        ResourceChange.Create => "+",
        ResourceChange.Update => "~",
        ResourceChange.Replace => "-/+",
        _ => "-",
    };
}
