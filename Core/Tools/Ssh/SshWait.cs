using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// Waits until a machine accepts an SSH login. All its addresses are probed in parallel, and the preferred one that
/// answers is used. Polls fast at first, then more slowly.
/// </summary>
public sealed class SshWait(IToolRunner runner, IEventSink events, TimeProvider clock, TimeSpan limit)
{
    private const double Growth = 1.5;
    private const int GraceProbes = 5;
    private static readonly TimeSpan GracePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(300);

    public Dial Dial { private get; init; } = Dial.Direct;

    /// <summary>The address on which a login worked.</summary>
    public async Task<string> ForAsync(
        DeploymentRecord record, DeploymentFolder folder, RecordedHost host, CancellationToken cancellation)
    {
        using var work = new HostWork(events, "wait", host.Name);
        long started = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        string reason = "";
        long? refusedSince = null;
        for (int attempt = 1; attempt == 1 || clock.GetElapsedTime(started) < limit; attempt++)
        {
            (string? address, reason, LoginRefusal? refusal) =
                await AttemptAsync(record, folder, host, cancellation);
            if (address is not null)
            {
                return address;
            }

            refusedSince = refusal is null ? null : refusedSince ?? clock.GetTimestamp();
            if (refusal is not null && IsForGood(refusal, refusedSince))
            {
                throw Refused(host.Name, reason, refusal);
            }

            events.Emit(new WaitAttempt(host.Name, attempt, clock.GetElapsedTime(started), reason));
            await Task.Delay(pause, clock, cancellation);
            pause = pause * Growth < LongestPause ? pause * Growth : LongestPause;
        }

        throw new DiagnosticException(
            ExitCode.Verification,
            SshCodes.WaitTimedOut,
            $"'{host.Name}' did not accept an SSH login within {limit.TotalSeconds:F0} s; the last reason: {reason}",
            "run `tfgrid-compose up` again: it replaces a machine that never accepted a login and still does not answer. "
                + "`up --from wait` only waits again; --debug diagnoses each network").On(host.Name);
    }

    private bool IsForGood(LoginRefusal refusal, long? since) =>
        !refusal.MayPass || (since is { } first && clock.GetElapsedTime(first) >= LoginRefusal.Patience);

    private static DiagnosticException Refused(string host, string said, LoginRefusal refusal) => new DiagnosticException(
        ExitCode.Verification,
        SshCodes.LoginRefused,
        $"The SSH login to '{host}' failed: {refusal.Reason}. ssh says: {said}",
        $"{refusal.Remedy}; then run `tfgrid-compose up` again: it resumes here").On(host);

    private async Task<(string? Address, string Reason, LoginRefusal? Refusal)> AttemptAsync(
        DeploymentRecord record, DeploymentFolder folder, RecordedHost host, CancellationToken cancellation)
    {
        string?[] answers = await Task.WhenAll(
            host.Addresses.Select(address => SshProbe.AskAsync(Dial.To(address.Ip), ProbeLimit, cancellation)));
        int first = Array.IndexOf(answers, null);
        if (first < 0)
        {
            return (
                null,
                string.Join(
                    "; ",
                    host.Addresses.Select((address, i) => $"{address.Ip} ({address.Network}): {answers[i]}")),
                null);
        }

        if (first > 0 && await AnswersSoonAsync(host.Addresses[0].Ip, cancellation))
        {
            first = 0;
        }

        string ip = host.Addresses[first].Ip;
        var connection = SshConnection.To(record, folder, host.Name, ip);
        ToolResult login = await runner.RunAsync(
            connection.Run("true", learnHostKey: !KnownHosts.Has(folder, connection.Alias)) with
            {
                TimeLimit = TimeSpan.FromSeconds(30),
            }, cancellation);
        if (SshMessages.HostKeyChanged.IsIn(login))
        {
            // An unfinished apply may have replaced the machine; any other machine with a different key is refused.
            ForgetOrRefuse(record, folder, host, connection);
            return (null, $"{ip}: {login.Tail(2)}", null);
        }

        return login.Succeeded
            ? (ip, "", null)
            : (null, $"{ip}: {login.Tail(2)}", LoginRefusal.Of(login, connection));
    }

    // Networks come up a moment apart, and the preferred one should be used even if it is not the first.
    private async Task<bool> AnswersSoonAsync(string preferred, CancellationToken cancellation)
    {
        for (int i = 0; i < GraceProbes; i++)
        {
            await Task.Delay(GracePause, clock, cancellation);
            if (await SshProbe.AskAsync(Dial.To(preferred), GracePause, cancellation) is null)
            {
                return true;
            }
        }

        return false;
    }

    private static void ForgetOrRefuse(
        DeploymentRecord record, DeploymentFolder folder, RecordedHost host, SshConnection connection)
    {
        if (!record.Replacing.Contains(host.Name))
        {
            throw new DiagnosticException(ExitCode.Verification, [ChangedHostKey.Problem(folder, connection)]);
        }

        KnownHosts.Forget(folder, connection.Alias);
    }
}
