using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>A machine that has a different host key than the pinned one.</summary>
internal static class ChangedHostKey
{
    public static Diagnostic Problem(DeploymentFolder folder, SshConnection connection) => Diagnostic.Error(
        SshCodes.HostKeyChanged,
        $"{connection.Address} has a different host key than the one pinned for {connection.Alias}: "
            + "it is another machine, or the connection is being intercepted.",
        $"if you know why it changed, remove the line of {connection.Alias} from {folder.KnownHosts} and run "
            + "`tfgrid-compose up` again");
}
