using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs.Deploying;

internal static class PlanVerb
{
    public static async Task<int> RunAsync(PlanOptions options, VerbContext context, CancellationToken cancellation)
    {
        UpRequest asked = UpRequests.Of(options, context);
        await using var look = EarlyLook.Start(context.Here, asked.AppFolder, cancellation);
        var request = AppRequest.Load(asked, context.Config, context.Here);
        var orchestrator = new PlanOrchestrator(context.Here, context.Locator, context.Holder);
        PlanResult result = await orchestrator.RunAsync(request, look, cancellation);
        context.Streams.Out.Write(context.Global.Json ? PlanView.Json(result) : PlanView.Text(result));
        return options.DetailedExitCode && !result.Plan.NothingToDo ? (int)ExitCode.HasChanges : 0;
    }
}
