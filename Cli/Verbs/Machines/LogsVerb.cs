using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>The app's own log: its systemd unit, else its log file, else the machine's journal; or a hook's log, kept here.</summary>
internal static class LogsVerb
{
    private static readonly string[] Hooks = ["setup", "configure", "healthcheck"];

    public static async Task<int> RunAsync(LogsOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Lines < 1)
        {
            throw new DiagnosticException(ExitCode.Usage, CliCodes.BadArguments, $"--lines is {options.Lines}.", "give a number above 0");
        }

        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        if (options.Hook is { } hook)
        {
            return await ShowHookAsync(hook, options, record, context, cancellation);
        }

        SshConnection connection = await RemoteTarget.OfAsync(
            record,
            options.Host ?? (record.AppHosts is [var first, ..] ? first : null),
            context,
            cancellation);
        string command = ShellQuote.Words(CommandFor(record, options));
        return await RemoteTarget.RunAsync(record, connection.Interactive(command, terminal: false), context, cancellation);
    }

    internal static IReadOnlyList<string> CommandFor(DeploymentRecord record, LogsOptions options)
    {
        string lines = options.Lines.ToString(CultureInfo.InvariantCulture);
        string[] follow = options.Follow ? ["-f"] : [];
        return record switch
        {
            { LogService: { } service } => ["journalctl", "--no-pager", "-u", service, "-n", lines, .. follow],
            { LogLocation: { } file } => ["tail", "-n", lines, .. follow, file],
            _ => ["journalctl", "--no-pager", "-n", lines, .. follow],
        };
    }

    private static async Task<int> ShowHookAsync(
        string hook,
        LogsOptions options,
        DeploymentRecord record,
        VerbContext context,
        CancellationToken cancellation)
    {
        foreach (string line in (await File.ReadAllLinesAsync(HookLogOf(hook, options.Host, record, context), cancellation)).TakeLast(
            options.Lines))
        {
            context.Streams.Out.WriteLine(line);
        }

        return 0;
    }

    private static string HookLogOf(string hook, string? host, DeploymentRecord record, VerbContext context)
    {
        IReadOnlyList<(string Host, string Path)> logs = Hooks.Contains(hook)
            ? HookLog.Of(context.Here.Home.Deployment(record.Id), hook, record.AppHosts)
            : [];
        string hosts = string.Join(", ", logs.Select(log => log.Host));
        if (logs.Count == 0 && CommonLogOf(hook, host, record, context) is { } common)
        {
            return common;
        }

        (string Host, string Path)[] fitting = [.. logs.Where(log => host is null || log.Host == host)];
        return (logs.Count, fitting.Length) switch
        {
            (_, 1) => fitting[0].Path,
            (0, _) => throw Unusable($"There is no log of a hook '{hook}'.", $"name one that ran: {string.Join(", ", Hooks)}"),
            (_, 0) => throw Unusable($"There is no log of the hook '{hook}' of a host '{host}'.", $"name one that it ran on: {hosts}"),
            _ => throw Unusable($"The hook '{hook}' ran on several hosts: {hosts}.", $"name one: --host {fitting[0].Host}"),
        };
    }

    // Of a deployment on several hosts that an older build made: all of them wrote into one file.
    private static string? CommonLogOf(string hook, string? host, DeploymentRecord record, VerbContext context)
    {
        string path = context.Here.Home.Deployment(record.Id).HookLog(hook);
        return Hooks.Contains(hook) && (host is null || record.AppHosts.Contains(host)) && File.Exists(path) ? path : null;
    }

    private static DiagnosticException Unusable(string problem, string remedy) =>
        new(ExitCode.Usage, CliCodes.BadArguments, problem, remedy);
}
