using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>The machine that <c>ssh</c>, <c>exec</c>, <c>logs</c> and a pattern's commands reach.</summary>
internal static class RemoteTarget
{
    /// <summary>
    /// Runs ssh on the user's terminal; after a failed connection, tells where to look. Only ssh handles Ctrl-C.
    /// </summary>
    public static async Task<int> RunAsync(
        DeploymentRecord record, IReadOnlyList<string> arguments, VerbContext context)
    {
        int exitCode = await context.RunOnTerminal(SshConnection.Program, arguments);
        SayWhereToLook(exitCode, record, context);
        return exitCode;
    }

    /// <summary>Called after a failed connection.</summary>
    public static void SayWhereToLook(int exitCode, DeploymentRecord record, VerbContext context)
    {
        if (exitCode == SshClient.ConnectionFailed)
        {
            context.Streams.Error.WriteLine(
                $"ssh ended with exit code {exitCode}: if it could not connect, `{Product.Name} status {record.Id}` shows what answers");
        }
    }

    /// <summary>How to reach the machine. Fails if the state is shared and the machines accept no key of this user.</summary>
    public static async Task<SshConnection> OfAsync(
        DeploymentRecord record, string? hostName, VerbContext context, CancellationToken cancellation)
    {
        if (record.SharedState is not null
            && !(await SshKeyHere.FindAsync(context.Here, record.AuthorizedKeys, record.SshKey, cancellation)).LetsIn)
        {
            throw new DiagnosticException(ExitCode.Prerequisite, [SshKeyHere.Problem(record)]);
        }

        return Of(record, hostName, context);
    }

    private static SshConnection Of(DeploymentRecord record, string? hostName, VerbContext context)
    {
        string wanted = hostName ?? record.Hosts.Select(host => host.Name).FirstOrDefault() ?? "";
        RecordedHost? host = record.Hosts.FirstOrDefault(other => other.Name == wanted);
        if (host?.SshAddress is not { } address)
        {
            IEnumerable<RecordedHost> reachable = record.Hosts.Where(other => other.SshAddress is not null);
            string known = string.Join(", ", reachable.Select(other => other.Name));
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.NotRunning,
                $"{record.Name} ({record.Id}) has no machine '{wanted}' to log in to; "
                    + $"its status is {record.Status.Word()}.",
                known.Length > 0 ? $"name one of {known} with --host" : $"bring it up: {Product.Name} up {record.AppPath}");
        }

        return SshConnection.To(record, context.Here.Home.Deployment(record.Id), host.Name, address);
    }
}
