using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// The keys that may log in, and the private key that this machine uses; null if an SSH agent holds it.
/// </summary>
public sealed record SshKeys(IReadOnlyList<string> PublicKeys, string? PrivateKey)
{
    // Strongest first; the first one with a private key here is used.
    private static readonly string[] Names = ["id_ed25519", "id_ecdsa", "id_rsa"];

    /// <summary>The key that <c>--ssh-key</c> names (either half), or the user's <c>~/.ssh/id_*.pub</c>.</summary>
    public static SshKeys Find(string? explicitPath, string userHome) =>
        explicitPath is not null ? Explicit(Path.GetFullPath(explicitPath)) : OfUser(Path.Combine(userHome, ".ssh"));

    private static SshKeys Explicit(string path)
    {
        string publicPath = path.EndsWith(".pub", StringComparison.Ordinal) ? path : $"{path}.pub";
        if (!File.Exists(publicPath))
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                SshCodes.KeyUnreadable,
                $"There is no public SSH key {publicPath}.",
                "give --ssh-key the path of a key that has its .pub file beside it");
        }

        string privatePath = publicPath[..^".pub".Length];
        return new SshKeys([ReadPublic(publicPath)], File.Exists(privatePath) ? privatePath : null);
    }

    private static SshKeys OfUser(string folder)
    {
        string[] present = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "id_*.pub").OrderBy(Rank).ThenBy(path => path, StringComparer.Ordinal)]
            : [];
        if (present.Length == 0)
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                SshCodes.NoKey,
                $"There is no SSH key: no {folder}/id_*.pub.",
                "create one: `ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519`, or name one with --ssh-key PATH");
        }

        string? privateKey = present.Select(path => path[..^".pub".Length]).FirstOrDefault(File.Exists);
        return new SshKeys([.. present.Select(ReadPublic)], privateKey);
    }

    private static int Rank(string path) =>
        Array.IndexOf(Names, Path.GetFileNameWithoutExtension(path)) is >= 0 and int index ? index : Names.Length;

    private static string ReadPublic(string path)
    {
        string text = PlainFile.ReadText(path).Trim();
        return text.StartsWith("ssh-", StringComparison.Ordinal)
            || text.StartsWith("ecdsa-", StringComparison.Ordinal)
            || text.StartsWith("sk-", StringComparison.Ordinal)
            ? text
            : throw new DiagnosticException(
                ExitCode.Prerequisite,
                SshCodes.KeyUnreadable,
                $"{path} is not a public SSH key in OpenSSH's format.",
                $"convert it: `ssh-keygen -i -f {path}`");
    }
}
