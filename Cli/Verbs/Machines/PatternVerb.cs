using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>
/// Runs what the deployment's pattern declared, from the record alone: neither the plugin nor the app folder need be
/// there.
/// </summary>
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
            string behind = string.Join(' ', new[] { options.Command, options.Target }.OfType<string>());
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"`pattern {options.Command}` shows what the command prints, and takes no --output.",
                $"leave it out, or give it to the command, behind `--`: `{Product.Name} pattern {behind} -- --output {output}`");
        }

        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        if (options.Command is { } name)
        {
            return await RunAsync(record, name, context.Tail ?? [], context, cancellation);
        }

        context.Streams.Out.Write(context.Global.Json ? CommandList.Json(record) : CommandList.Text(record));
        return 0;
    }

    /// <summary>Each argument reaches the remote program as it was typed; the remote exit code is ours.</summary>
    public static async Task<int> RunAsync(
        DeploymentRecord record,
        string name,
        IReadOnlyList<string> arguments,
        VerbContext context,
        CancellationToken cancellation)
    {
        RecordedCommand command = record.Commands.FirstOrDefault(each => each.Name == name) ?? throw NotRecorded(record, name);
        RecordedHost host = command.HostIn(record) ?? throw NoHost(record, command);
        SshConnection connection = await RemoteTarget.OfAsync(record, host.Name, context, cancellation);
        string line = ShellQuote.Words([.. command.Command, .. arguments]);
        return await RemoteTarget.RunAsync(record, connection.Interactive(line, terminal: false), context, cancellation);
    }

    /// <summary>The end of <c>pattern --help</c>.</summary>
    public static string Commands(VerbContext context) => Meant(context) is { } record
        ? $"\n{CommandList.Text(record)}"
        : "\nNo deployment is meant here, so there are no commands to list.\n";

    /// <summary>
    /// The deployment that a verb without a target would mean, or null. What stands in the way of finding it is not
    /// this caller's problem.
    /// </summary>
    public static DeploymentRecord? Meant(VerbContext context)
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
        IReadOnlyList<string> near = NearestName.Of(name, known);
        string remedy =
            near.Count > 0 ? $"did you mean {string.Join(" or ", near.Select(other => $"`{Product.Name} pattern {other} {record.Id}`"))}?"
            : known.Length > 0 ? $"it has {string.Join(", ", known)}"
            : $"it has none; where a newer version of the pattern brings it, `{Product.Name} up {record.AppPath}` records it";
        return new DiagnosticException(
            ExitCode.Usage,
            CliCodes.UnknownCommand,
            $"The pattern {record.PatternName} {record.PatternVersion} of {record.Name} ({record.Id}) has no command '{name}'.",
            remedy);
    }

    private static DiagnosticException NoHost(DeploymentRecord record, RecordedCommand command) => new(
        ExitCode.Conflict,
        StateCodes.NoHostOfRole,
        $"`{command.Name}` runs on a machine of the role '{command.Role}', and {record.Name} ({record.Id}) has none that can be "
            + $"logged in to; its status is {record.Status.Word()}.",
        $"bring it up: {Product.Name} up {record.AppPath}");
}
