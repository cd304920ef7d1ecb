using System.Globalization;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>The record, and whether reality is as it says. No plugin and no app folder is needed.</summary>
internal static class StatusVerb
{
    private const int LongestInterval = 3600;

    public static async Task<int> RunAsync(StatusOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Interval is < 1 or > LongestInterval)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"--interval is {options.Interval}.",
                $"give 1 to {LongestInterval} seconds");
        }

        (string shown, int exitCode) = await LookAsync(options, context, cancellation);
        context.Streams.Out.Write(shown);
        return options.Watch ? await WatchAsync(options, context, shown, exitCode, cancellation) : exitCode;
    }

    // Ctrl-C is the usual end of a watch, no failure: the last look decides.
    private static async Task<int> WatchAsync(
        StatusOptions options,
        VerbContext context,
        string shown,
        int exitCode,
        CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(options.Interval), context.Here.Clock, cancellation);
                (string now, exitCode) = await LookAsync(options, context, cancellation);
                if (now != shown)
                {
                    context.Streams.Out.Write(context.Global.Json
                        ? now
                        : $"\n{context.Here.Clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}\n{now}");
                    shown = now;
                }
            }
            catch (OperationCanceledException)
            {
                return exitCode;
            }
        }
    }

    private static async Task<(string Shown, int ExitCode)> LookAsync(
        StatusOptions options,
        VerbContext context,
        CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        DriftReport report = await new DriftCheck(context.Here).OfAsync(record, cancellation);
        int exitCode = record.Status == DeploymentStatus.Running && report.Differs ? (int)ExitCode.Verification : 0;
        return (context.Global.Json ? DeploymentView.Json(record, report) : DeploymentView.Text(record) + DriftView.Text(report), exitCode);
    }
}
