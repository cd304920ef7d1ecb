using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs.Deploying;

internal static class UpVerb
{
    public static Task<int> RunAsync(UpOptions options, VerbContext context, CancellationToken cancellation) =>
        options switch
        {
            { DryRun: true } => PlanVerb.RunAsync(options, context, cancellation),
            { DetailedExitCode: true } => throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                "--detailed-exitcode goes with --dry-run.",
                $"`{Product.Name} plan --detailed-exitcode`, or add --dry-run"),
            _ => DeployAsync(options, context, cancellation),
        };

    private static async Task<int> DeployAsync(UpOptions options, VerbContext context, CancellationToken cancellation)
    {
        UpRequest asked = UpRequests.Of(options, context) with
        {
            WaitLimit = UpRequests.WaitLimitOf(options),
            Approve = plan => options.Yes || Agrees(plan, context),
        };
        AppRequest request =
            await PatternOffer.RunAsync(AppRequest.Load(asked, context.Config, context.Here), context, cancellation);
        string? folder = null;
        var orchestrator = new UpOrchestrator(
            context.Here,
            context.Locator,
            context.LockTerms(options),
            opened =>
            {
                folder = opened.Path;
                context.AttachLog(opened);
            });
        try
        {
            Show(await orchestrator.RunAsync(request, cancellation), context);
            return 0;
        }
        catch (Exception) when (folder is not null)
        {
            SayWhatExists(folder, options, context);
            throw;
        }
    }

    private static bool Agrees(DeploymentPlan plan, VerbContext context)
    {
        int lost = plan.Infrastructure?.Hosts.Count(host => host.Action != HostAction.Create) ?? 0;
        return context.Confirm(
            "Do this on a paid grid, where machines cost "
                + $"TFT{(lost > 0 ? $" ({lost} machines lose their data)" : "")}?",
            "--yes");
    }

    // Values for hooks are not remembered, and may be secrets: named, not repeated.
    private static string GivenAgain(UpOptions options) => string.Concat(
        options.Env.Select(assignment => $" --env {assignment.Split('=', 2)[0]}=...")
            .Concat(options.EnvFile.Select(path => $" --env-file {path}")));

    private static void Show(UpResult result, VerbContext context)
    {
        if (result.Outcome == UpOutcome.Declined)
        {
            context.Streams.Error.WriteLine("nothing was done");
            return;
        }

        if (context.Global.Json)
        {
            context.Streams.Out.Write(DeploymentView.Json(result.Record));
            return;
        }

        if (result.Outcome == UpOutcome.NothingToDo)
        {
            context.Streams.Error.WriteLine("nothing to do: the deployment runs, and nothing has changed");
        }

        context.Streams.Out.Write(DeploymentView.Text(result.Record));
        if (result.Outcome == UpOutcome.Done)
        {
            context.Streams.Error.WriteLine(
                $"next: `{Product.Name} ssh {result.Record.Name}`, `{Product.Name} logs {result.Record.Name}`, "
                    + $"`{Product.Name} down {result.Record.Name}`");
        }
    }

    private static void SayWhatExists(string folder, UpOptions options, VerbContext context)
    {
        if (context.Here.Store.Load(Path.GetFileName(folder)) is not { } record)
        {
            return;
        }

        string machines = record.Outputs is null
            ? record.ContractIds().Count > 0
                ? "machines were made; their addresses are not known yet"
                : "machines may have been made"
            : $"{string.Join(", ", record.Hosts.Select(host => $"{host.Name} on node {host.NodeId}"))}"
                + $"{(record.Grid == "local" ? "" : "; it costs TFT until it is removed")}";
        context.Streams.Error.WriteLine($"deployment {record.Id} is kept: {machines}");
        context.Streams.Error.WriteLine(
            $"  resume:  {Product.Name} up "
                + $"{record.AppPath}{(record.Name == record.AppName ? "" : $" --name {record.Name}")}{GivenAgain(options)}");
        context.Streams.Error.WriteLine($"  remove:  {Product.Name} down {record.Id}");
    }
}
