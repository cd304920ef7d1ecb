using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>How OpenSSH connects to a machine. The wait, Ansible and the app copy share its control master.</summary>
public sealed record SshConnection(
    string User, string Address, string? KeyPath, string KnownHosts, string Alias, string ControlPath)
{
    public const string Program = "ssh";

    private const int ConnectSeconds = 5;

    public static SshConnection To(DeploymentRecord record, DeploymentFolder folder, string host, string address) =>
        new(
            record.SshUser,
            address,
            record.SshKey,
            folder.KnownHosts,
            AliasOf(record.Id, host),
            ControlSocket.PathFor(folder, host));

    /// <summary>
    /// A separate connection, so that <c>up</c> on the one hand, and a person or <c>status</c> on the other, do not end each
    /// other's.
    /// </summary>
    public SshConnection Alone() => this with { ControlPath = "none" };

    /// <summary>Host keys are pinned under the machine's name, for all its addresses.</summary>
    public static string AliasOf(string deploymentId, string host) => $"{host}.{deploymentId}";

    /// <summary>
    /// Options of every ssh. The user's own configuration is ignored, so that it cannot weaken the pinning. Keys only,
    /// no passwords.
    /// </summary>
    public IReadOnlyList<string> Options(bool learnHostKey = false) =>
    [
        "-F", "/dev/null",
        "-o", "BatchMode=yes",
        "-o", "PasswordAuthentication=no",
        "-o", $"StrictHostKeyChecking={(learnHostKey ? "accept-new" : "yes")}",
        "-o", $"UserKnownHostsFile={SshConfigPath.Of(KnownHosts)}",
        "-o", "GlobalKnownHostsFile=/dev/null",
        "-o", "HashKnownHosts=no",
        "-o", $"HostKeyAlias={Alias}",
        "-o", $"ConnectTimeout={ConnectSeconds}",
        "-o", "ServerAliveInterval=10",
        "-o", "ServerAliveCountMax=6",
        "-o", "ControlMaster=auto",
        "-o", $"ControlPath={SshConfigPath.Of(ControlPath)}",
        "-o", "ControlPersist=30",
        "-o", "LogLevel=ERROR",
        .. KeyPath is null ? Array.Empty<string>() : ["-o", "IdentitiesOnly=yes", "-i", KeyPath],
    ];

    /// <summary>Runs a command line in the remote shell; quote it with <see cref="ShellQuote"/>.</summary>
    public ToolCommand Run(string remoteCommand, bool learnHostKey = false) =>
        new(Program, Command(remoteCommand, learnHostKey));

    /// <summary>Arguments of <c>ssh</c> that run a remote command line.</summary>
    public IReadOnlyList<string> Command(string remoteCommand, bool learnHostKey = false) =>
        [.. Options(learnHostKey), "-T", "--", $"{User}@{Address}", remoteCommand];

    /// <summary>Arguments of an interactive <c>ssh</c>: a login shell, or a command on a terminal.</summary>
    public IReadOnlyList<string> Interactive(string? remoteCommand, bool terminal) =>
        [
            .. Alone().Options(),
            terminal ? "-t" : "-T",
            "--",
            $"{User}@{Address}",
            .. remoteCommand is null ? Array.Empty<string>() : [remoteCommand],
        ];
}
