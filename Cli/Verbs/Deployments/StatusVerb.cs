using System.Globalization;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>The record, and what differs from it now. Needs neither the plugin nor the app's folder.</summary>
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

        (string shown, int exitCode) = await LookAsync(options, context, cancellation);
        context.Streams.Out.Write(shown);
        return options.Watch ? await WatchAsync(options, context, shown, exitCode, cancellation) : exitCode;
    }

    // Ctrl-C is the usual end of a watch and no failure: the exit code is that of the last check.
    private static async Task<int> WatchAsync(
        StatusOptions options, VerbContext context, string shown, int exitCode, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(options.Interval), context.Here.Clock, cancellation);
                (string now, exitCode) = await LookAsync(options, context, cancellation);
                if (now != shown)
                {
                    context.Streams.Out.Write(context.Global.Json ? now : $"\n{TimeOfDay(context)}\n{now}");
                    shown = now;
                }
            }
            catch (OperationCanceledException)
            {
                return exitCode;
            }
        }
    }

    private static string TimeOfDay(VerbContext context) =>
        context.Here.Clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task<(string Shown, int ExitCode)> LookAsync(
        StatusOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        DriftReport report = await new DriftCheck(context.Here).OfAsync(record, cancellation);
        bool isWrong = record.Status == DeploymentStatus.Running && report.Differs;
        string shown = context.Global.Json
            ? DeploymentView.Json(record, report)
            : DeploymentView.Text(record) + DriftView.Text(report);
        return (shown, isWrong ? (int)ExitCode.Verification : 0);
    }
}
