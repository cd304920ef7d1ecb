using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs.Deploying;

internal static class PlanVerb
{
    public static async Task<int> RunAsync(PlanOptions options, VerbContext context, CancellationToken cancellation)
    {
        var request = AppRequest.Load(UpRequests.Of(options, context), context.Config, context.Here);
        var orchestrator = new PlanOrchestrator(context.Here, context.Locator, context.Holder);
        PlanResult result = await orchestrator.RunAsync(request, cancellation);
        context.Streams.Out.Write(context.Global.Json ? PlanView.Json(result) : PlanView.Text(result));
        return options.DetailedExitCode && !result.Plan.NothingToDo ? (int)ExitCode.HasChanges : 0;
    }
}
