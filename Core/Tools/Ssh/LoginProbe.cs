using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>The result of one login. All null: the machine answers, has the pinned key and accepts the login.</summary>
/// <param name="Silence">Why nothing answered, or null.</param>
/// <param name="Refusal">The machine has a different key than the pinned one.</param>
/// <param name="Failure">Why the login failed although sshd answered, or null.</param>
public sealed record LoginAnswer(string? Silence = null, Diagnostic? Refusal = null, string? Failure = null);

/// <summary>
/// Logs in to a machine whose key is pinned, once and without waiting for it. It opens no session, which would take twice as
/// long and tell nothing new.
/// </summary>
public sealed class LoginProbe(IToolRunner runner)
{
    private const string LoggedIn = "tfgrid-compose-logged-in";
    private static readonly Dictionary<string, string?> Shell = new() { ["SHELL"] = "/bin/sh" };
    private static readonly TimeSpan BannerLimit = TimeSpan.FromSeconds(3);

    // Supported by OpenSSH and Dropbear for ten years, the fastest first. OpenSSH's own first choice takes five times as
    // long.
    private const string KeyExchanges = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
        + "diffie-hellman-group-exchange-sha256,diffie-hellman-group14-sha256";

    // Printed by sshd after the key exchange, or by ssh about it.
    private static readonly string[] LoginFailures =
        ["Permission denied", "Too many authentication failures", "Bad "];

    // What ssh prints if no sshd answers, and the text that users read instead.
    private static readonly (string Said, string Reason)[] Silences =
    [
        ("Connection refused", "port 22 refused: sshd is not up yet"),
        ("timed out", "no answer on port 22"),
        ("No route to host", "no route"),
        ("unreachable", "no route"),
        ("onnection closed", "the connection was closed before the login"),
        ("onnection reset", "the connection was closed before the login"),
    ];

    /// <summary>Whether a slow machine gets more time, for callers that wait for nothing but this answer.</summary>
    public bool IsPatient { get; init; }

    public Dial Dial { private get; init; } = Dial.Direct;

    private TimeSpan Limit => TimeSpan.FromSeconds(IsPatient ? 10 : 5);

    /// <summary>
    /// Logs in to a host at the address where it last answered. Without a pinned key, it only finds out whether an sshd
    /// answers. The pinned key of a machine that an unfinished apply may have replaced does not count.
    /// </summary>
    public async Task<LoginAnswer> AskAsync(
        DeploymentRecord record, DeploymentFolder folder, RecordedHost host, CancellationToken cancellation)
    {
        string address = host.SshAddress ?? "";
        var connection = SshConnection.To(record, folder, host.Name, address);
        return record.Replacing.Contains(host.Name) || !KnownHosts.Has(folder, connection.Alias)
            ? new LoginAnswer(await SshProbe.AskAsync(Dial.To(address), BannerLimit, cancellation))
            : await AskAsync(folder, connection, cancellation);
    }

    public async Task<LoginAnswer> AskAsync(
        DeploymentFolder folder, SshConnection connection, CancellationToken cancellation)
    {
        SshConnection alone = connection.Alone();
        ToolResult login = await runner.RunAsync(
            new ToolCommand(SshConnection.Program, [.. Quick, .. alone.Options(), "--", $"{alone.User}@{alone.Address}"])
            {
                TimeLimit = Limit,
                Environment = Shell,
            },
            cancellation);
        return login switch
        {
            _ when login.Output.Contains(LoggedIn, StringComparison.Ordinal) => new LoginAnswer(),
            { TimedOut: true } => new LoginAnswer(Silence: $"no answer within {Limit.TotalSeconds:F0} s"),
            _ when SshMessages.HostKeyChanged.IsIn(login) =>
                new LoginAnswer(Refusal: ChangedHostKey.Problem(folder, alone)),
            _ => Says(login, LoginFailures)
                ? new LoginAnswer(Failure: PlainText.Line(login.Tail(2)))
                : new LoginAnswer(Silence: SilenceOf(login)),
        };
    }

    // If an option is given twice, the first counts. After the login, ssh runs the local command, which ends ssh.
    private string[] Quick =>
    [
        "-N", "-T",
        "-o", IsPatient ? "ConnectTimeout=4" : "ConnectTimeout=2",
        "-o", $"KexAlgorithms={KeyExchanges}",
        "-o", "PermitLocalCommand=yes",
        "-o", $"LocalCommand=echo {LoggedIn}; kill $PPID",
    ];

    private static bool Says(ToolResult login, string[] texts) =>
        login.LastErrorLines.Any(line => Array.Exists(texts, text => line.Contains(text, StringComparison.Ordinal)));

    private static string SilenceOf(ToolResult login)
    {
        string said = PlainText.Line(login.Tail(1));
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
