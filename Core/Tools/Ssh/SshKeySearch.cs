using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Finds the user's keys, and one that will work, before a machine is created with it.</summary>
/// <param name="check">Whether a private key can be used.</param>
/// <param name="agent">The user's agent.</param>
/// <param name="userHome">The user's home.</param>
public sealed class SshKeySearch(SshKeyCheck check, SshAgent agent, string userHome)
{
    // Strongest first.
    private static readonly string[] Names = ["id_ed25519", "id_ecdsa", "id_rsa"];

    private string Folder => Path.Combine(userHome, ".ssh");

    public static SshKeySearch Of(IToolRunner runner, string userHome) =>
        new(new SshKeyCheck(runner), new SshAgent(runner), userHome);

    /// <summary>The key that <c>--ssh-key</c> names (either half), or the user's <c>~/.ssh/id_*.pub</c>.</summary>
    public async Task<SshKeys> FindAsync(string? explicitPath, CancellationToken cancellation)
    {
        string[] files = explicitPath is not null ? [Explicit(Path.GetFullPath(explicitPath))] : OfUser();
        string[] lines = [.. files.Select(ReadPublic)];
        return new SshKeys(lines, await ChooseAsync([.. files.Zip(lines)], cancellation));
    }

    /// <summary>Checks keys that were chosen earlier, before any machine was created. They may no longer work.</summary>
    public async Task<SshKeys> CheckAsync(SshKeys chosen, CancellationToken cancellation)
    {
        // A key of the agent is named by its public half, or has no file.
        string? name = chosen.PrivateKey is { } path ? WithoutExtension(path) : null;
        (string, string)[] candidates = name is null
            ? [.. OfUserOrNone().Select(file => (file, ReadPublic(file))).Where(pair => IsOneOf(chosen, pair.Item2))]
            : [($"{name}{SshKeys.PublicExtension}", PublicOf(chosen, $"{name}{SshKeys.PublicExtension}"))];
        return candidates.Length == 0
            ? chosen
            : chosen with { PrivateKey = await ChooseAsync(candidates, cancellation) };
    }

    private async Task<string> ChooseAsync((string File, string Line)[] keys, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        foreach ((string file, _) in keys.Where(key => File.Exists(WithoutExtension(key.File))))
        {
            if (await check.ProblemOfAsync(WithoutExtension(file), cancellation) is not { } problem)
            {
                return WithoutExtension(file);
            }

            problems.Add(problem);
        }

        // An agent can sign with a key even if the key's file is unusable.
        HashSet<string> held = await agent.KeysAsync(cancellation);
        (string File, string Line)[] signed = [.. keys.Where(key => held.Contains(SshAgent.KeyOf(key.Line)))];
        return signed is [var (name, _), ..] ? NameOf(name) : throw new DiagnosticException(
            ExitCode.Prerequisite,
            problems.Count > 0 ? problems : [.. keys.Select(key => Absent(key.File))]);
    }

    // ssh takes the public half as the name of a key in the agent, and then offers no other key: a server ends the connection
    // after a few wrong keys (sshd's MaxAuthTries is 6).
    private static string NameOf(string publicFile) =>
        File.Exists(WithoutExtension(publicFile)) ? WithoutExtension(publicFile) : publicFile;

    private static string Explicit(string path)
    {
        string file = $"{WithoutExtension(path)}{SshKeys.PublicExtension}";
        return File.Exists(file) ? file : throw new DiagnosticException(
            ExitCode.Prerequisite,
            SshCodes.KeyUnreadable,
            $"There is no public SSH key {file}.",
            "name a key with --ssh-key PATH; its .pub file must be in the same folder");
    }

    private string[] OfUser() => OfUserOrNone() is { Length: > 0 } present ? present : throw new DiagnosticException(
        ExitCode.Prerequisite,
        SshCodes.NoKey,
        $"There is no SSH key: no {Folder}/id_*.pub.",
        "create one: `ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519`, or name one with --ssh-key PATH");

    private string[] OfUserOrNone() => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, $"id_*{SshKeys.PublicExtension}").OrderBy(Rank).ThenBy(path => path, StringComparer.Ordinal)]
        : [];

    private static int Rank(string path) =>
        Array.IndexOf(Names, Path.GetFileNameWithoutExtension(path)) is >= 0 and int index ? index : Names.Length;

    private static string WithoutExtension(string path) =>
        path.EndsWith(SshKeys.PublicExtension, StringComparison.Ordinal) ? path[..^SshKeys.PublicExtension.Length] : path;

    private static bool IsOneOf(SshKeys keys, string line) =>
        keys.PublicKeys.Any(key => SshAgent.KeyOf(key) == SshAgent.KeyOf(line));

    private static string PublicOf(SshKeys keys, string file) =>
        File.Exists(file) ? ReadPublic(file) : keys.PublicKeys[0];

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

    private static Diagnostic Absent(string file) => Diagnostic.Error(
        SshCodes.KeyAbsent,
        $"The private key for {file} was not found: there is no file {WithoutExtension(file)}, and no SSH agent holds it.",
        "put the private key there, add it to the agent with `ssh-add`, or name another key with --ssh-key PATH");
}
