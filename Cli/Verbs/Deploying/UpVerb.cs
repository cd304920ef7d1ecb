using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Removing;

namespace TfgridCompose.Cli.Verbs.Deploying;

internal static class UpVerb
{
    private const string Placeholder = "<value>";

    private static readonly string[] Next = ["ssh", "logs", "down"];

    public static Task<int> RunAsync(UpOptions options, VerbContext context, CancellationToken cancellation) => options switch
    {
        { DryRun: true } => PlanVerb.RunAsync(options, context, cancellation),
        { DetailedExitCode: true } => throw new DiagnosticException(
            ExitCode.Usage,
            CliCodes.BadArguments,
            "--detailed-exitcode needs --dry-run.",
            $"add --dry-run, or run `{Product.Name} plan --detailed-exitcode`"),
        _ => DeployAsync(options, context, cancellation),
    };

    private static async Task<int> DeployAsync(UpOptions options, VerbContext context, CancellationToken cancellation)
    {
        RequireValues(options);
        UpRequest asked = UpRequests.Of(options, context) with
        {
            WaitLimit = UpRequests.WaitLimitOf(options),
            Approve = _ => options.Yes || context.Confirm("Do this on a paid grid, where machines cost TFT?", "--yes"),
            ApproveDataLoss = plan => options.AllowDataLoss || AcceptsLoss(plan, options, context),
        };
        await using var look = EarlyLook.Start(context.Here, asked.AppFolder, cancellation);
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
            Show(await orchestrator.RunAsync(request, look, cancellation), context);
            return 0;
        }
        catch (Exception) when (folder is not null)
        {
            SayWhatExists(folder, options, context);
            throw;
        }
    }

    private static void RequireValues(UpOptions options)
    {
        if (options.Env.FirstOrDefault(assignment => assignment.EndsWith($"={Placeholder}", StringComparison.Ordinal)) is { } left)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"--env {left.Split('=', 2)[0]} has a placeholder in place of its value.",
                "write the value itself: values are not recorded");
        }
    }

    private static bool AcceptsLoss(InfrastructurePlan plan, UpOptions options, VerbContext context) => context.Confirm(
        $"{DataLossText.Of(plan)} Go on?",
        CliCodes.LosesData,
        "back up what you need, then add --allow-data-loss"
            + (options.Yes ? "; --yes alone does not allow this" : ""));

    // Values for hooks are not recorded and may be secret, so only their names are repeated. The placeholder is refused as a
    // value.
    private static string GivenAgain(UpOptions options) => string.Concat(options.Env
        .Select(assignment => $" --env '{assignment.Split('=', 2)[0]}={Placeholder}'")
        .Concat(options.EnvFile.Select(path => $" --env-file {path}")));

    private static void Show(UpResult result, VerbContext context)
    {
        if (result.Outcome == UpOutcome.Declined)
        {
            context.SayNothingWasDone();
            return;
        }

        if (context.Global.Json)
        {
            context.Streams.Out.Write(DeploymentView.Json(result.Record));
            return;
        }

        if (result.Outcome == UpOutcome.NothingToDo)
        {
            context.Streams.Error.WriteLine("nothing to do: the deployment is running, and nothing has changed");
        }

        context.Streams.Out.Write(DeploymentView.Text(result.Record));
        if (result.Outcome == UpOutcome.Done)
        {
            string name = result.Record.Name;
            string next = string.Join(", ", Next.Select(verb => $"`{Product.Name} {verb} {name}`"));
            context.Streams.Error.WriteLine($"next: {next}");
        }
    }

    private static void SayWhatExists(string folder, UpOptions options, VerbContext context)
    {
        if (context.Here.Store.Load(Path.GetFileName(folder)) is not { } record)
        {
            return;
        }

        string name = record.Name == record.AppName ? "" : $" --name {record.Name}";
        context.Streams.Error.WriteLine($"deployment {record.Id} is kept{MachinesOf(record, context)}");
        context.Streams.Error.WriteLine($"  resume:  {Product.Name} up {record.AppPath}{name}{GivenAgain(options)}");
        context.Streams.Error.WriteLine($"  remove:  {Product.Name} down {record.Id}");
    }

    // Empty before the first apply, because there are no machines yet.
    private static string MachinesOf(DeploymentRecord record, VerbContext context)
    {
        string cost = record.Grid == GridNames.Local ? "" : "; it costs TFT until it is removed";
        return record.Outputs is not null
                ? $": {string.Join(", ", record.Hosts.Select(host => $"{host.Name} on node {host.NodeId}"))}{cost}"
            : record.ContractIds().Count > 0 ? $": machines were created, but their addresses are not recorded{cost}"
            : DeploymentDestruction.WasApplied(context.Here, record) ? $": machines may have been created{cost}"
            : "";
    }
}
