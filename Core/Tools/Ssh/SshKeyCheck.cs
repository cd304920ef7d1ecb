using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Whether ssh can use a private key's file without asking anybody.</summary>
public sealed class SshKeyCheck(IToolRunner runner)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Why ssh will not use the key, or null. Reads the file first; runs a process only in doubt.</summary>
    public async Task<Diagnostic?> ProblemOfAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return PrivateKeyFile.NeedsPassphrase(path) is not { } locked
                ? Unreadable(path, "it is not a private key that OpenSSH reads")
                : await IsOpenToOthersAsync(path, cancellation) ? Open(path) : locked ? Locked(path) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, problem.Message);
        }
    }

    // ssh refuses a key that others can read only if the key belongs to the user, so ssh itself is asked.
    private async Task<bool> IsOpenToOthersAsync(string path, CancellationToken cancellation)
    {
        if ((File.GetUnixFileMode(path) & Others) == UnixFileMode.None)
        {
            return false;
        }

        ToolResult read = await runner.RunAsync(
            new ToolCommand("ssh-keygen", ["-y", "-P", "", "-f", path]) { TimeLimit = Limit }, cancellation);
        return SshMessages.KeyIsOpen.IsIn(read);
    }

    private static Diagnostic Open(string path) => Diagnostic.Error(
        SshCodes.KeyOpenToOthers,
        $"ssh refuses the key {path}: others can read it, its mode is {Mode(path)}.",
        $"remove other users' access: `chmod 600 {path}`");

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');

    private static Diagnostic Locked(string path) => Diagnostic.Error(
        SshCodes.KeyLocked,
        $"The SSH key {path} has a passphrase, and no SSH agent holds it, so nothing here can log in with it.",
        $"add it to an agent: `eval $(ssh-agent); ssh-add {path}`, or name another key with --ssh-key PATH");

    private static Diagnostic Unreadable(string path, string reason) => Diagnostic.Error(
        SshCodes.KeyUnreadable,
        $"The private key {path} cannot be used: {reason}",
        "name another key with --ssh-key PATH, or make one: `ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519`");
}
