using System.Globalization;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>Shows the record, and how reality differs from it. Needs neither the plugin nor the app's folder.</summary>
internal static class StatusVerb
{
    private const int LongestInterval = 3600;

    public static async Task<int> RunAsync(StatusOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Interval is < 1 or > LongestInterval)
        {
            throw new DiagnosticException(
                ExitCode.Usage, CliCodes.BadArguments, $"--interval is {options.Interval}.", $"give 1 to {LongestInterval} seconds");
        }

        return options.Watch
            ? await WatchAsync(options, context, cancellation)
            : Show(await LookAsync(options, context, cancellation), context);
    }

    private static int Show((string Shown, int ExitCode) seen, VerbContext context)
    {
        context.Streams.Out.Write(seen.Shown);
        return seen.ExitCode;
    }

    // Ctrl-C is the usual end of a watch and no failure, even during a check.
    private static async Task<int> WatchAsync(
        StatusOptions options, VerbContext context, CancellationToken cancellation)
    {
        try
        {
            string shown = "";
            while (true)
            {
                (string now, _) = await LookAsync(options, context, cancellation);
                if (now != shown)
                {
                    string heading = shown.Length == 0 || context.Global.Json ? "" : $"\n{TimeOfDay(context)}\n";
                    context.Streams.Out.Write(heading + now);
                    shown = now;
                }

                await Task.Delay(TimeSpan.FromSeconds(options.Interval), context.Here.Clock, cancellation);
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static string TimeOfDay(VerbContext context) =>
        context.Here.Clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task<(string Shown, int ExitCode)> LookAsync(
        StatusOptions options, VerbContext context, CancellationToken cancellation)
    {
        (DeploymentRecord record, LockHolder? worker) =
            await context.LookUpAsync(options.Target, options.Name, cancellation);
        bool mayHaveDied = worker?.MayHaveDied(context.Here.Clock.GetUtcNow()) == true;
        DriftReport report = await new DriftCheck(context.Here).OfAsync(record, worker is not null, cancellation);
        BadEnd? end = record.Status == DeploymentStatus.Running || worker is not null
            ? null
            : BadEnd.Of(HistoryVerb.Of(record, context)) ?? BeforeItsFirstPhase(record);
        string shown = context.Global.Json
            ? DeploymentView.Json(record, report, end, worker)
            : DeploymentView.Text(record, end, worker, mayHaveDied) + DriftView.Text(report);
        return (shown, (int)ExitCodeOf(record, worker is not null && !mayHaveDied, report));
    }

    // The first `up` ended before it had written anything to its journal.
    private static BadEnd? BeforeItsFirstPhase(DeploymentRecord record) => record.Status == DeploymentStatus.Deploying
        ? new BadEnd("up", RunResult.Interrupted, record.UpdatedAt)
        : null;

    // While somebody works on a deployment, it is not running yet, which is no failure.
    private static ExitCode ExitCodeOf(DeploymentRecord record, bool isWorkedOn, DriftReport report) =>
        record.Status == DeploymentStatus.Running ? report.Differs ? ExitCode.Verification : ExitCode.Done
            : isWorkedOn ? ExitCode.Done
            : ExitCode.NotRunning;
}
