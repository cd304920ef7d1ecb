using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Drift;

/// <summary>
/// Checks whether a deployment is what its record says: tunnel, logins and host keys, the checks that it was verified with,
/// what the pattern's commands say, and what Terraform and the grid have. Works from the record alone, takes no lock and
/// changes nothing, except that the local grid's machines start again after a reboot of this computer.
/// </summary>
public sealed class DriftCheck(Surroundings here)
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BootPause = TimeSpan.FromSeconds(1);

    /// <param name="record">The deployment.</param>
    /// <param name="isWorkedOn">Whether somebody is working on it now.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<DriftReport> OfAsync(DeploymentRecord record, bool isWorkedOn, CancellationToken cancellation)
    {
        // Without its tunnel, no machine could answer.
        TimeSpan patience = await LocalGridStart.RunAsync(here, GridName.Parse(record.Grid), cancellation)
            && (record.WireguardInterface is not { } tunnel || WireguardTunnel.IsUp(tunnel)) ? BootLimit : TimeSpan.Zero;
        Task<IReadOnlyList<DriftFinding>> grid = new GridDrift(here).OfAsync(record, isWorkedOn, cancellation);
        Task<DriftReport[]> asked = Task.WhenAll(
            record.Hosts.Where(host => host.SshAddress is not null)
                .Select(host => HostAsync(record, host, patience, cancellation)));
        await Task.WhenAll(grid, asked);
        DriftReport[] hosts = await asked;
        return new DriftReport([.. Tunnel(record), .. hosts.SelectMany(host => host.Findings), .. await grid])
        {
            Commands = [.. hosts.SelectMany(host => host.Commands)],
        };
    }

    private static DriftFinding[] Tunnel(DeploymentRecord record) => record.WireguardInterface is not { } name ? []
        : WireguardTunnel.IsUp(name) ? [new DriftFinding(name, DriftState.AsRecorded, "the tunnel is up")]
        : [new DriftFinding(name, DriftState.Differs, "the tunnel is gone; `tfgrid-compose up` brings it back")];

    private async Task<DriftReport> HostAsync(
        DeploymentRecord record, RecordedHost host, TimeSpan patience, CancellationToken cancellation)
    {
        DriftFinding login = await LoginAsync(record, host, patience, cancellation);
        if (login.State != DriftState.AsRecorded)
        {
            return new DriftReport([login]);
        }

        DeploymentFolder folder = here.Home.Deployment(record.Id);
        var runner = new CheckRunner(here.Runner, here.Clock, TimeSpan.Zero) { SharesConnection = false, Dial = here.Dial };
        VerificationCheck[] checks =
        [
            .. record.Checks.Where(check => check.Host == host.Name)
                .Select(check => check.ToCheck())
                .OfType<VerificationCheck>()
                .Where(check => check is not SshCheck),
        ];
        Task<IReadOnlyList<(SeenCommand Seen, string? Problem)>> running =
            new StatusCommands(here.Runner).OnAsync(record, host, folder, cancellation);
        Task<DriftFinding[]> checking = Task.WhenAll(
            checks.Select(async check => await runner.TryAsync(check, record, folder, cancellation) is { } reason
                ? new DriftFinding(CheckRunner.Describe(check), DriftState.Differs, reason)
                : new DriftFinding(CheckRunner.Describe(check), DriftState.AsRecorded, "passes")));
        await Task.WhenAll(running, checking);
        IReadOnlyList<(SeenCommand Seen, string? Problem)> commands = await running;
        return new DriftReport([
            login,
            .. await checking,
            .. commands.Where(command => command.Problem is not null)
                .Select(command => Unanswered(command.Seen, command.Problem)),
        ])
        {
            Commands = [.. commands.Select(command => command.Seen)],
        };
    }

    // A command that fails is not drift: it could not be checked.
    private static DriftFinding Unanswered(SeenCommand command, string? problem) =>
        new($"`{command.Name}` on {command.Host}", DriftState.Unknown, problem ?? "");

    private async Task<DriftFinding> LoginAsync(
        DeploymentRecord record, RecordedHost host, TimeSpan patience, CancellationToken cancellation)
    {
        string subject = $"ssh {host.Name}";
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        var probe = new LoginProbe(here.Runner) { IsPatient = true, Dial = here.Dial };
        LoginAnswer answer = await probe.AskAsync(record, folder, host, cancellation);
        long begun = here.Clock.GetTimestamp();
        while (answer.Silence is not null && here.Clock.GetElapsedTime(begun) < patience)
        {
            await Task.Delay(BootPause, here.Clock, cancellation);
            answer = await probe.AskAsync(record, folder, host, cancellation);
        }

        return answer switch
        {
            { Refusal: { } refusal } =>
                new DriftFinding(subject, DriftState.Differs, $"{refusal.Message} {refusal.Remedy}"),
            { Silence: { } silence } => new DriftFinding(subject, DriftState.Differs, silence),
            { Failure: { } failure } => new DriftFinding(subject, DriftState.Differs, $"the login failed: {failure}"),
            _ => new DriftFinding(subject, DriftState.AsRecorded, $"answers at {host.SshAddress}"),
        };
    }
}
