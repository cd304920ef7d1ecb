using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>What one login told about a machine. All null: it answers, has the pinned key, and takes the login.</summary>
/// <param name="Silence">Why nothing answered, or null.</param>
/// <param name="Refusal">The machine has a different key than the pinned one.</param>
/// <param name="Failure">Why the login failed although sshd answered, or null.</param>
public sealed record LoginAnswer(string? Silence = null, Diagnostic? Refusal = null, string? Failure = null);

/// <summary>
/// Logs in to a machine whose key is pinned, once and without waiting for it. No session is opened: that takes as long
/// again, and tells nothing new.
/// </summary>
public sealed class LoginProbe(IToolRunner runner)
{
    private const string LoggedIn = "tfgrid-compose-logged-in";
    private static readonly Dictionary<string, string?> Shell = new() { ["SHELL"] = "/bin/sh" };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // What OpenSSH and Dropbear have had for ten years, the quickest first: OpenSSH's own first choice takes five times as
    // long.
    private const string KeyExchanges = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
        + "diffie-hellman-group-exchange-sha256,diffie-hellman-group14-sha256";

    // Said by sshd after the key exchange, or by ssh about it.
    private static readonly string[] LoginFailures =
        ["Permission denied", "Too many authentication failures", "Bad "];

    // What ssh says when no sshd answers, and what users read instead.
    private static readonly (string Said, string Reason)[] Silences =
    [
        ("Connection refused", "port 22 refused: sshd is not up yet"),
        ("timed out", "no answer on port 22"),
        ("No route to host", "no route"),
        ("unreachable", "no route"),
        ("onnection closed", "the connection was closed before the login"),
        ("onnection reset", "the connection was closed before the login"),
    ];

    public async Task<LoginAnswer> AskAsync(
        DeploymentFolder folder, SshConnection connection, CancellationToken cancellation)
    {
        SshConnection alone = connection.Alone();
        ToolResult login = await runner.RunAsync(
            new ToolCommand(SshConnection.Program, [.. Quick, .. alone.Options(), $"{alone.User}@{alone.Address}"])
            {
                TimeLimit = Limit,
                Environment = Shell,
            },
            cancellation);
        return login switch
        {
            _ when login.Output.Contains(LoggedIn, StringComparison.Ordinal) => new LoginAnswer(),
            { TimedOut: true } => new LoginAnswer(Silence: $"no answer within {Limit.TotalSeconds:F0} s"),
            _ when HostKeyProbe.IsRefused(login) =>
                new LoginAnswer(Refusal: HostKeyProbe.HostKeyChanged(folder, alone)),
            _ => Says(login, LoginFailures)
                ? new LoginAnswer(Failure: login.Tail(2))
                : new LoginAnswer(Silence: SilenceOf(login)),
        };
    }

    // If an option is given twice, the first counts. ssh runs the local command as soon as it is logged in, and is ended by it.
    private static string[] Quick =>
    [
        "-N", "-T",
        "-o", "ConnectTimeout=2",
        "-o", $"KexAlgorithms={KeyExchanges}",
        "-o", "PermitLocalCommand=yes",
        "-o", $"LocalCommand=echo {LoggedIn}; kill $PPID",
    ];

    private static bool Says(ToolResult login, string[] texts) =>
        login.LastErrorLines.Any(line => Array.Exists(texts, text => line.Contains(text, StringComparison.Ordinal)));

    private static string SilenceOf(ToolResult login)
    {
        string said = login.Tail(1);
        foreach ((string text, string reason) in Silences)
        {
            if (said.Contains(text, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return said.Length > 0 ? said : "ssh failed without a message";
    }
}
