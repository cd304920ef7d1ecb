using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

/// <summary>The machine that <c>ssh</c>, <c>exec</c> and <c>logs</c> mean.</summary>
internal static class RemoteTarget
{
    public static SshConnection Of(DeploymentRecord record, string? hostName, VerbContext context)
    {
        string wanted = hostName ?? record.Hosts.Select(host => host.Name).FirstOrDefault() ?? "";
        RecordedHost? host = record.Hosts.FirstOrDefault(other => other.Name == wanted);
        if (host?.SshAddress is not { } address)
        {
            string known = string.Join(", ", record.Hosts.Where(other => other.SshAddress is not null).Select(other => other.Name));
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.NotRunning,
                $"{record.Name} ({record.Id}) has no machine '{wanted}' that can be logged in to; its status is {record.Status.Word()}.",
                known.Length > 0 ? $"name one of {known} with --host" : $"bring it up: tfgrid-compose up {record.AppPath}");
        }

        return SshConnection.To(record, context.Here.Home.Deployment(record.Id), host.Name, address);
    }
}
