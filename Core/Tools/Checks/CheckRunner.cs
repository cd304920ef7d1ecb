using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>Runs checks in parallel until they pass or the limit is reached.</summary>
public sealed class CheckRunner(IToolRunner runner, TimeProvider clock, TimeSpan limit)
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    // A program may need a moment to start; a listener that comes and goes meanwhile proves nothing.
    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastingAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWhileLasting = TimeSpan.FromSeconds(1);

    /// <summary>Whether checks use the deployment's shared SSH connection, as in <c>up</c>.</summary>
    public bool SharesConnection { get; init; } = true;

    public Dial Dial { private get; init; } = Dial.Direct;

    /// <summary>Called once for each check that does not pass for a while.</summary>
    public Action<string>? OnWaiting { private get; init; }

    /// <summary>How long one attempt may take; null for the usual limit of its kind.</summary>
    public TimeSpan? AttemptLimit { get; init; }

    /// <summary>A diagnostic for every check that still fails at the limit.</summary>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(
        IReadOnlyList<VerificationCheck> checks,
        DeploymentRecord record,
        DeploymentFolder folder,
        CancellationToken cancellation)
    {
        Diagnostic?[] failures =
            await Task.WhenAll(checks.Select(check => UntilPassedAsync(check, record, folder, cancellation)));
        return [.. failures.OfType<Diagnostic>()];
    }

    /// <summary>One attempt; null if it passed, otherwise the reason.</summary>
    public async Task<string?> TryAsync(
        VerificationCheck check,
        DeploymentRecord record,
        DeploymentFolder folder,
        CancellationToken cancellation) => (await AttemptAsync(check, record, folder, cancellation)).Reason;

    private async Task<CheckAttempt> AttemptAsync(
        VerificationCheck check,
        DeploymentRecord record,
        DeploymentFolder folder,
        CancellationToken cancellation)
    {
        RecordedHost? host = record.Hosts.FirstOrDefault(other => other.Name == check.Host);
        if (host?.SshAddress is not { } address)
        {
            return new($"there is no host '{check.Host}' with an address");
        }

        var connection = SshConnection.To(record, folder, host.Name, address);
        var ssh = new SshClient(runner, SharesConnection ? connection : connection.Alone());
        return check switch
        {
            SshCheck => new(await CommandAsync(ssh, ["true"], record, cancellation)),
            CommandCheck command => new(await CommandAsync(ssh, command.Command, record, cancellation)),
            TcpCheck tcp => await TcpAsync(address, tcp.Port, cancellation) is { } refused
                ? new(refused, ssh, tcp.Port)
                : CheckAttempt.Passed,
            HttpCheck http => await HttpAsync(address, http, cancellation) is ({ } reason, var answered)
                ? answered ? new(reason) : new(reason, ssh, http.Port)
                : CheckAttempt.Passed,
            _ => new($"this version does not support the check {check.GetType().Name}"),
        };
    }

    public static string Describe(VerificationCheck check) => check switch
    {
        SshCheck => $"SSH login on {check.Host}",
        CommandCheck command => $"`{string.Join(' ', command.Command)}` on {check.Host}",
        TcpCheck tcp => string.Create(CultureInfo.InvariantCulture, $"TCP port {tcp.Port} of {check.Host}"),
        HttpCheck http => string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP {http.ExpectedStatus} from port {http.Port}{http.Path} of {check.Host}"),
        _ => check.ToString(),
    };

    private async Task<Diagnostic?> UntilPassedAsync(
        VerificationCheck check, DeploymentRecord record, DeploymentFolder folder, CancellationToken cancellation)
    {
        long started = clock.GetTimestamp();
        var port = new PortWatch(clock, LastingAfter);
        TimeSpan pause = FirstPause;
        CheckAttempt attempt;
        bool isTold = false;
        while ((attempt = await AttemptAsync(check, record, folder, cancellation)).Reason is not null)
        {
            TimeSpan elapsed = clock.GetElapsedTime(started);
            if (elapsed >= LookAfter || elapsed >= limit)
            {
                await port.LookAsync(attempt, cancellation);
            }

            if (elapsed >= limit || port.WillNotChange)
            {
                break;
            }

            if (elapsed >= SayAfter && !isTold)
            {
                isTold = true;
                OnWaiting?.Invoke($"waiting for {Describe(check)}, for at most {limit.TotalSeconds:F0} s: {attempt.Reason}");
            }

            await Task.Delay(port.IsLasting && pause > PauseWhileLasting ? PauseWhileLasting : pause, clock, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return attempt.Reason is { } reason ? Failure(check, reason, port) : null;
    }

    private Diagnostic Failure(VerificationCheck check, string reason, PortWatch port)
    {
        string seen = port.Seen is { } finding ? $"{finding.Text} ({reason})" : reason;
        string when = port.WillNotChange ? "" : $" within {limit.TotalSeconds:F0} s";
        return Diagnostic.Error(
            VerificationCodes.CheckFailed,
            $"{Describe(check)} did not pass{when}: {seen}",
            port.Seen?.Remedy
                ?? "find the cause with `tfgrid-compose logs` and `tfgrid-compose ssh`, then run `tfgrid-compose up` again") with
        {
            Machine = check.Host,
        };
    }

    private async Task<string?> CommandAsync(
        SshClient ssh, IReadOnlyList<string> command, DeploymentRecord record, CancellationToken cancellation)
    {
        TimeSpan attempt = AttemptLimit ?? SshClient.DefaultLimit;
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(ShellQuote.Words(command)) with { TimeLimit = attempt }, cancellation);
        if (result.Succeeded)
        {
            return null;
        }

        if (result.TimedOut)
        {
            return $"no answer within {attempt.TotalSeconds:F0} s";
        }

        string tail = PlainText.Line(SecretPrints.Of(record).Mask(result.Tail(2)));
        return $"exit code {result.ExitCode}{(tail.Length > 0 ? $": {tail}" : "")}";
    }

    private async Task<string?> TcpAsync(string address, int port, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(AttemptLimit ?? RequestLimit);
        IPAddress target = Dial.To(address);
        using var client = new TcpClient(target.AddressFamily);
        try
        {
            await client.ConnectAsync(target, port, bound.Token);
            return null;
        }
        catch (SocketException problem)
        {
            return problem.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer";
        }
    }

    private async Task<(string? Reason, bool Answered)> HttpAsync(
        string address, HttpCheck check, CancellationToken cancellation)
    {
        string host = address.Contains(':') ? $"[{address}]" : address;
        string url = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{check.Port}{check.Path}");
        TimeSpan attempt = AttemptLimit ?? RequestLimit;
        try
        {
            int? status = await HttpProbe.StatusAsync(address, Dial.To(address), check.Port, check.Path, attempt, cancellation);
            return status is null
                ? ($"{url}: no answer within {attempt.TotalSeconds:F0} s", false)
                : (status == check.ExpectedStatus ? null : $"{url} answered {status}", true);
        }
        catch (SocketException problem)
        {
            return ($"{url}: {problem.Message}", problem.SocketErrorCode == SocketError.ConnectionReset);
        }
        catch (IOException problem)
        {
            return ($"{url}: {problem.Message}", true);
        }
    }
}
