using System.Globalization;
using System.Net.Sockets;
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

    /// <summary>Whether checks use the deployment's shared SSH connection, as in <c>up</c>.</summary>
    public bool SharesConnection { get; init; } = true;

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
        CancellationToken cancellation)
    {
        RecordedHost? host = record.Hosts.FirstOrDefault(other => other.Name == check.Host);
        if (host?.SshAddress is not { } address)
        {
            return $"there is no host '{check.Host}' with an address";
        }

        var connection = SshConnection.To(record, folder, host.Name, address);
        var ssh = new SshClient(runner, SharesConnection ? connection : connection.Alone());
        return check switch
        {
            SshCheck => await CommandAsync(ssh, ["true"], cancellation),
            CommandCheck command => await CommandAsync(ssh, command.Command, cancellation),
            TcpCheck tcp => await TcpAsync(address, tcp.Port, cancellation),
            HttpCheck http => await HttpAsync(address, http, cancellation),
            _ => $"this version does not support the check {check.GetType().Name}",
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
        TimeSpan pause = FirstPause;
        string? reason;
        while ((reason = await TryAsync(check, record, folder, cancellation)) is not null
            && clock.GetElapsedTime(started) < limit)
        {
            await Task.Delay(pause, clock, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return reason is null ? null : Diagnostic.Error(
            VerificationCodes.CheckFailed,
            $"{Describe(check)} did not pass within {limit.TotalSeconds:F0} s: {reason}",
            "look into it with `tfgrid-compose logs` and `tfgrid-compose ssh`, then run `tfgrid-compose up` again");
    }

    private static async Task<string?> CommandAsync(
        SshClient ssh, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        ToolResult result = await ssh.RunAsync(ShellQuote.Words(command), cancellation);
        return result.Succeeded
            ? null
            : $"exit code {result.ExitCode}{(result.Tail(2) is { Length: > 0 } tail ? $": {tail}" : "")}";
    }

    private static async Task<string?> TcpAsync(string address, int port, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(RequestLimit);
        using var client =
            new TcpClient(address.Contains(':') ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(address, port, bound.Token);
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

    private static async Task<string?> HttpAsync(string address, HttpCheck check, CancellationToken cancellation)
    {
        string host = address.Contains(':') ? $"[{address}]" : address;
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{check.Port}{check.Path}"));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = RequestLimit };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(url, cancellation);
            int status = (int)response.StatusCode;
            return status == check.ExpectedStatus ? null : $"{url} answered {status}";
        }
        catch (HttpRequestException problem)
        {
            return $"{url}: {problem.Message}";
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{url}: no answer within {RequestLimit.TotalSeconds:F0} s";
        }
    }
}
