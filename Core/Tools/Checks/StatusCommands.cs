using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>Runs the pattern's commands that <c>status</c> shows. A failed one comes with its problem.</summary>
internal sealed class StatusCommands(IToolRunner runner)
{
    private const int MostLines = 100;
    private const int TailLines = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>The commands of this host, in parallel, each on its own connection.</summary>
    public async Task<IReadOnlyList<(SeenCommand Seen, string? Problem)>> OnAsync(
        DeploymentRecord record, RecordedHost host, DeploymentFolder folder, CancellationToken cancellation)
    {
        SshConnection connection = SshConnection.To(record, folder, host.Name, host.SshAddress ?? "").Alone();
        var secrets = SecretPrints.Of(record);
        return await Task.WhenAll(record.Commands.Where(command => command.InStatus
            && command.HostIn(record)?.Name == host.Name)
            .Select(async command => Masked(await RunAsync(command, host, connection, cancellation), secrets)));
    }

    private static (SeenCommand Seen, string? Problem) Masked(
        (SeenCommand Seen, string? Problem) answer, SecretPrints secrets) =>
        (answer.Seen with { Lines = [.. answer.Seen.Lines.Select(secrets.Mask)] },
            answer.Problem is { } problem ? secrets.Mask(problem) : null);

    private async Task<(SeenCommand, string?)> RunAsync(
        RecordedCommand command, RecordedHost host, SshConnection connection, CancellationToken cancellation)
    {
        ToolResult result = await runner.RunAsync(
            connection.Run(ShellQuote.Words(command.Command)) with { TimeLimit = Limit }, cancellation);
        var seen = new SeenCommand(
            command.Name,
            PlainText.Line(command.Description),
            host.Name,
            result.TimedOut ? null : result.ExitCode,
            Lines(result.Output));
        return (seen, result.Succeeded ? null : Problem(result));
    }

    private static string Problem(ToolResult result)
    {
        string end = result.TimedOut
            ? string.Create(CultureInfo.InvariantCulture, $"did not end within {Limit.TotalSeconds:F0} s")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {result.ExitCode}");
        return result.Tail(TailLines) is { Length: > 0 } tail ? $"{end}: {PlainText.Line(tail)}" : end;
    }

    private static IReadOnlyList<string> Lines(string output)
    {
        string[] lines = PlainText.Lines(output).TrimEnd().Split('\n');
        return lines is [""] ? []
            : lines.Length > MostLines
                ? [
                    .. lines.Take(MostLines),
                    string.Create(CultureInfo.InvariantCulture, $"... and {lines.Length - MostLines} more lines"),
                ]
            : lines;
    }
}
