using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>The log of the app's unit, else its log file, else the machine's journal; or a hook's log, kept here.</summary>
internal static class LogsVerb
{
    private static readonly string[] Hooks = ["setup", "configure", "healthcheck"];

    public static async Task<int> RunAsync(LogsOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Lines < 1)
        {
            throw Unusable($"--lines is {options.Lines}.", "give a number above 0");
        }

        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        if (options.Hook is { } hook)
        {
            return ShowHook(hook, options, record, context);
        }

        string? host = options.Host ?? (record.AppHosts is [var first, ..] ? first : null);
        SshConnection connection = await RemoteTarget.OfAsync(record, host, context, cancellation);
        string command = ShellQuote.Words(CommandFor(record, options));
        return await new MaskedOutput(record, context)
            .RunAsync(connection.Interactive(command, terminal: false), options.Follow, cancellation);
    }

    internal static IReadOnlyList<string> CommandFor(DeploymentRecord record, LogsOptions options)
    {
        string lines = options.Lines.ToString(CultureInfo.InvariantCulture);
        string[] follow = options.Follow ? ["-f"] : [];
        return record switch
        {
            // In this form, a unit that begins with a hyphen is not taken as an option.
            { LogService: { } service } => ["journalctl", "--no-pager", $"--unit={service}", "-n", lines, .. follow],
            { LogLocation: { } file } => ["tail", "-n", lines, .. follow, "--", file],
            _ => ["journalctl", "--no-pager", "-n", lines, .. follow],
        };
    }

    private static int ShowHook(string hook, LogsOptions options, DeploymentRecord record, VerbContext context)
    {
        var secrets = SecretPrints.Of(record);
        foreach (string line in HookLog.LastLines(HookLogOf(hook, options.Host, record, context), options.Lines, secrets.CutOf))
        {
            context.Streams.Out.WriteLine(secrets.Mask(line));
        }

        return 0;
    }

    private static string HookLogOf(string hook, string? host, DeploymentRecord record, VerbContext context)
    {
        DeploymentFolder folder = context.Here.Home.Deployment(record.Id);
        IReadOnlyList<(string Host, string Path)> logs = Hooks.Contains(hook) ? HookLog.Of(folder, hook, record.AppHosts) : [];
        string hosts = string.Join(", ", logs.Select(log => log.Host));
        if (logs.Count == 0 && CommonLogOf(hook, host, record, context) is { } common)
        {
            return common;
        }

        (string Host, string Path)[] fitting = [.. logs.Where(log => host is null || log.Host == host)];
        return (logs.Count, fitting.Length) switch
        {
            (_, 1) => fitting[0].Path,
            (0, _) => throw Unusable(
                $"There is no log of a hook '{hook}'.", $"name a hook that has run; the hooks are {string.Join(", ", Hooks)}"),
            (_, 0) => throw Unusable(
                $"There is no log of the hook '{hook}' on a host '{host}'.", $"name a host that it ran on: {hosts}"),
            _ => throw Unusable($"The hook '{hook}' ran on several hosts: {hosts}.", $"name one: --host {fitting[0].Host}"),
        };
    }

    // Older builds wrote one file for all hosts.
    private static string? CommonLogOf(string hook, string? host, DeploymentRecord record, VerbContext context)
    {
        string path = context.Here.Home.Deployment(record.Id).HookLog(hook);
        bool isMeant = Hooks.Contains(hook) && (host is null || record.AppHosts.Contains(host));
        return isMeant && File.Exists(path) ? path : null;
    }

    private static DiagnosticException Unusable(string problem, string remedy) =>
        new(ExitCode.Usage, CliCodes.BadArguments, problem, remedy);
}
