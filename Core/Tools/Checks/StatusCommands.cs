using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>Runs the pattern's commands that <c>status</c> shows. A command that failed comes with its problem.</summary>
internal sealed class StatusCommands(IToolRunner runner)
{
    private const int MostLines = 100;
    private const int TailLines = 2;
    private const int LongestLine = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>The commands of this host, in parallel, each on its own connection.</summary>
    public async Task<IReadOnlyList<(SeenCommand Seen, string? Problem)>> OnAsync(
        DeploymentRecord record, RecordedHost host, DeploymentFolder folder, CancellationToken cancellation)
    {
        SshConnection connection = SshConnection.To(record, folder, host.Name, host.SshAddress ?? "").Alone();
        var secrets = SecretPrints.Of(record);
        return await Task.WhenAll(record.Commands.Where(command => command.InStatus
            && command.HostIn(record)?.Name == host.Name)
            .Select(command => RunAsync(command, host, connection, secrets, cancellation)));
    }

    private async Task<(SeenCommand, string?)> RunAsync(
        RecordedCommand command,
        RecordedHost host,
        SshConnection connection,
        SecretPrints secrets,
        CancellationToken cancellation)
    {
        ToolResult result = await runner.RunAsync(
            connection.Run(ShellQuote.Words(command.Command)) with { TimeLimit = Limit }, cancellation);
        var seen = new SeenCommand(
            command.Name,
            PlainText.Line(command.Description),
            host.Name,
            result.TimedOut ? null : result.ExitCode,
            Lines(result.Kept, secrets));
        return (seen, result.Succeeded ? null : Problem(result, secrets));
    }

    private static string Problem(ToolResult result, SecretPrints secrets)
    {
        string end = result.TimedOut
            ? string.Create(CultureInfo.InvariantCulture, $"did not end within {Limit.TotalSeconds:F0} s")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {result.ExitCode}");
        return result.Tail(TailLines) is { Length: > 0 } tail ? $"{end}: {PlainText.Line(secrets.Mask(tail))}" : end;
    }

    // Masking is slow, so only what is shown is masked, and before control characters are replaced: secrets may hold them.
    private static IReadOnlyList<string> Lines(string output, SecretPrints secrets)
    {
        string[] lines = output.TrimEnd().Split('\n');
        if (lines is [""])
        {
            return [];
        }

        IEnumerable<string> shown = lines.Take(MostLines).Select(line => PlainText.Lines(secrets.Mask(Cut(line.TrimEnd('\r')))));
        return lines.Length <= MostLines
            ? [.. shown]
            : [.. shown, string.Create(CultureInfo.InvariantCulture, $"... and {lines.Length - MostLines} more lines")];
    }

    private static string Cut(string line) => line.Length <= LongestLine ? line : $"{line[..LongestLine]}...";
}
