using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs.Deploying;

internal static class PlanVerb
{
    public static async Task<int> RunAsync(PlanOptions options, VerbContext context, CancellationToken cancellation)
    {
        PlanResult result = await new PlanOrchestrator(context.Here, context.Locator, context.Holder).RunAsync(UpRequests.Of(options, context), cancellation);
        context.Streams.Out.Write(context.Global.Json ? PlanView.Json(result) : PlanView.Text(result));
        return options.DetailedExitCode && !result.Plan.NothingToDo ? (int)ExitCode.HasChanges : 0;
    }
}
