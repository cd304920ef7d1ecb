using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>Runs a command of the deployment's pattern. The record has it, so neither the plugin nor the app's folder is needed.</summary>
internal static class PatternVerb
{
    public static async Task<int> RunAsync(PatternCommandOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Command is null && context.Tail is not null)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                "`pattern` needs the command's name before --.",
                $"`{Product.Name} pattern` lists the names");
        }

        if (options.Command is not null && context.Global.Output is { } output)
        {
            string words = string.Join(' ', new[] { options.Command, options.Target }.OfType<string>());
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"`pattern {options.Command}` shows what the command prints, and takes no --output.",
                $"leave it out, or pass it to the command after `--`: `{Product.Name} pattern {words} -- --output {output}`");
        }

        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        if (options.Command is { } name)
        {
            return await RunAsync(record, name, context.Tail ?? [], context, cancellation);
        }

        context.Streams.Out.Write(context.Global.Json ? CommandList.Json(record) : CommandList.Text(record));
        return 0;
    }

    /// <summary>Each argument reaches the remote program as it was typed; the remote exit code is passed on.</summary>
    public static async Task<int> RunAsync(
        DeploymentRecord record, string name, IReadOnlyList<string> arguments, VerbContext context, CancellationToken cancellation)
    {
        RecordedCommand command = record.Commands.FirstOrDefault(each => each.Name == name) ?? throw NotRecorded(record, name);
        RecordedHost host = command.HostIn(record) ?? throw NoHost(record, command);
        SshConnection connection = await RemoteTarget.OfAsync(record, host.Name, context, cancellation);
        string line = ShellQuote.Words([.. command.Command, .. arguments]);
        return await RemoteTarget.RunAsync(record, connection.Interactive(line, terminal: false), context);
    }

    /// <summary>The end of <c>pattern --help</c>.</summary>
    public static string Commands(VerbContext context) => Current(context) is { } record
        ? $"\n{CommandList.Text(record)}"
        : "\nNo deployment could be determined here, so there are no commands to list.\n";

    /// <summary>The deployment that a verb without a target would use; null if there is none or it cannot be read.</summary>
    public static DeploymentRecord? Current(VerbContext context)
    {
        try
        {
            return context.Locator.Find(target: null, name: null);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static DiagnosticException NotRecorded(DeploymentRecord record, string name)
    {
        string[] known = [.. record.Commands.Select(command => command.Name)];
        string[] near = [.. NearestName.Of(name, known).Select(other => $"`{Product.Name} pattern {other} {record.Id}`")];
        string remedy = near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?"
            : known.Length > 0 ? $"it has {string.Join(", ", known)}"
            : $"it has none; if a newer version of the pattern has it, `{Product.Name} up {record.AppPath}` records it";
        return new DiagnosticException(
            ExitCode.Usage,
            CliCodes.UnknownCommand,
            $"The pattern {record.PatternName} {record.PatternVersion} of {record.Name} ({record.Id}) has no command '{name}'.",
            remedy);
    }

    private static DiagnosticException NoHost(DeploymentRecord record, RecordedCommand command) => new(
        ExitCode.Conflict,
        StateCodes.NoHostOfRole,
        $"`{command.Name}` runs on a machine of the role '{command.Role}', and {record.Name} ({record.Id}) has none "
            + $"to log in to; its status is {record.Status.Word()}.",
        $"bring it up: {Product.Name} up {record.AppPath}");
}
