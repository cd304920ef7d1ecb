using System.Globalization;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>The runs of a deployment, from its journal: who, when, how long, and with what result.</summary>
internal static class HistoryVerb
{
    public static Task<int> RunAsync(HistoryOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Runs < 1)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                string.Create(CultureInfo.InvariantCulture, $"--runs is {options.Runs}."),
                "give a number above 0");
        }

        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        IReadOnlyList<RunHistory> runs = [.. Of(record, context).TakeLast(options.Runs)];
        context.Streams.Out.Write(context.Global.Json ? HistoryView.Json(record, runs) : HistoryView.Text(runs));
        return Task.FromResult(0);
    }

    internal static IReadOnlyList<RunHistory> Of(DeploymentRecord record, VerbContext context) => DeploymentHistory.Of(
        new Journal(context.Here.Home.Deployment(record.Id).Journal).Read(),
        ProcessLocks.Working(context.Here.Home, record));
}
