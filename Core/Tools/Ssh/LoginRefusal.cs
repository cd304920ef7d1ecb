using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Why a machine that answers will not let us in, however often we try.</summary>
/// <param name="Reason">What is wrong, for people.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="MayPass">
/// Whether the refusal may be temporary: right after its first boot, a machine may start sshd before it has written the keys
/// that may log in.
/// </param>
internal sealed record LoginRefusal(string Reason, string Remedy, bool MayPass = false)
{
    /// <summary>
    /// How long a temporary refusal is retried. Images write the keys before sshd starts, or within seconds of it; cloud-init
    /// does so even on slow nodes. With a wrong key, the user waits no longer than this.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null if the next try may succeed, as far as is known.</summary>
    public static LoginRefusal? Of(ToolResult login, SshConnection connection)
    {
        string key = connection.KeyPath is { } path ? $"the key {path}" : "the keys of the SSH agent";
        (SshMessages Message, LoginRefusal Refusal)[] known =
        [
            (SshMessages.NotInstalled, new("ssh is not installed", "install openssh-client")),
            (SshMessages.BadOption, new(
                "ssh does not accept its options", "install a newer OpenSSH (`ssh -V` shows the version)")),
            (SshMessages.KeyIsOpen, new(
                $"ssh refuses {key}, because others can read it",
                $"remove other users' access: `chmod 600 {connection.KeyPath}`")),
            (SshMessages.KeyUnusable, new(
                $"ssh cannot use {key}", "restore the key, or name another one with --ssh-key PATH")),
            (SshMessages.HostKeyUnverified, new(
                "ssh cannot verify the machine's host key",
                $"check that {connection.KnownHosts} can be read and written, "
                    + $"and that its line for {connection.Alias} is valid")),
            (SshMessages.NothingInCommon, new(
                "ssh and the machine's sshd have no algorithm in common",
                "install a newer OpenSSH here, or use another image for the machine")),
            (SshMessages.TooManyKeys, new(
                $"the machine closed the connection before ssh offered the right key (ssh uses {key})",
                "name that key: --ssh-key PATH (of its .pub file if only the agent has it)")),
            (SshMessages.OtherUser, new(
                $"the machine refuses logins as '{connection.User}' and asks for another user",
                "use an image that lets this user log in, or set the user in the pattern's outputs (`ssh_user`)")),
            (SshMessages.Denied, new(
                $"the machine does not accept {key} for '{connection.User}'",
                "if the key has a passphrase, add it to the SSH agent (`ssh-add`); if the machine was made with another "
                    + "key, name that one with --ssh-key PATH",
                MayPass: true)),
        ];
        return login.Succeeded ? null : known.FirstOrDefault(each => each.Message.IsIn(login)).Refusal;
    }
}
