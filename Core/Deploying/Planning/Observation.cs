using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// Where reality differs from the record: phases that are recorded as done but are not, each with what was seen.
/// </summary>
public sealed record Observation(IReadOnlyDictionary<PhaseId, string> Undone)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    /// <summary>The observation of a deployment that does not exist yet.</summary>
    public static Observation Nothing { get; } = new(new Dictionary<PhaseId, string>());

    /// <summary>The journal's lines on the phases.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Machines whose host key is not the pinned one: nothing may run on them.</summary>
    public IReadOnlyList<Diagnostic> Refusals { get; init; } = [];

    /// <summary>
    /// Machines that an earlier run waited for in vain and that still do not answer. Nobody ever logged in, so they
    /// hold nothing.
    /// </summary>
    public IReadOnlyList<string> NeverSeen { get; init; } = [];

    /// <summary>Machines that answered, whatever they answered.</summary>
    public IReadOnlyList<string> Answering { get; init; } = [];

    /// <summary>Machines that were logged in to once, were asked, and do not answer.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    /// <summary>Those of them that the last run waited for in vain.</summary>
    public IReadOnlyList<string> GivenUp { get; init; } = [];

    /// <summary>Whether a machine does not answer, or cannot be asked.</summary>
    public bool DoubtsMachines => Undone.ContainsKey(PhaseId.Wait);

    /// <summary>The same after machines were started again: one that is silent may be booting, and is waited for.</summary>
    public Observation AfterStart() => this with { NeverSeen = [], Silent = [], GivenUp = [] };

    /// <summary>
    /// A quick look: is the tunnel there, is each machine the one that was pinned, and does it take a login?
    /// </summary>
    public static async Task<Observation> OfAsync(
        DeploymentRecord record, DeploymentFolder folder, IToolRunner runner, Dial dial, CancellationToken cancellation)
    {
        var undone = new Dictionary<PhaseId, string>();
        if (record.Status != DeploymentStatus.Running)
        {
            undone[PhaseId.Finalize] = $"the deployment is recorded as {record.Status.Word()}";
        }

        if (record.WireguardInterface is { } name && !WireguardTunnel.IsUp(name))
        {
            undone[PhaseId.Network] = $"the interface {name} is gone";

            // The machines may be gone too, as after a reboot; without the tunnel they cannot be asked.
            Doubt(undone, $"the interface {name} is gone, so the machines cannot be checked");
            return new Observation(undone) { Journal = new Journal(folder.Journal).Read() };
        }

        // Read while the machines are asked.
        Task<IReadOnlyList<JournalEntry>> journal = Task.Run(() => new Journal(folder.Journal).Read(), cancellation);
        return await AskHostsAsync(
            record, host => new LoginProbe(runner) { Dial = dial }.AskAsync(record, folder, host, cancellation), dial, journal, undone,
            cancellation);
    }

    /// <summary>The same after a check of the app failed: it is installed again, and then verified.</summary>
    public Observation WithFailedCheck(string failure) => this with
    {
        Undone = new Dictionary<PhaseId, string>(Undone)
        {
            [PhaseId.Application] = failure,
            [PhaseId.Verify] = failure,
        },
    };

    private static async Task<Observation> AskHostsAsync(
        DeploymentRecord record,
        Func<RecordedHost, Task<LoginAnswer>> ask,
        Dial dial,
        Task<IReadOnlyList<JournalEntry>> journal,
        Dictionary<PhaseId, string> undone,
        CancellationToken cancellation)
    {
        IReadOnlyList<string> neverSeen = await NeverSeenAsync(record, dial, journal, cancellation);
        if (neverSeen.Count > 0)
        {
            Doubt(undone, $"no login to '{neverSeen[0]}' ever succeeded, and it does not answer");
        }

        RecordedHost[] hosts = [.. record.Hosts.Where(host => host.SshAddress is not null)];
        LoginAnswer[] answers = await Task.WhenAll(
            hosts.Select(ask));
        int failed = Array.FindIndex(answers, answer => answer.Failure is not null);
        if (failed >= 0)
        {
            undone[PhaseId.Wait] = $"the login to '{hosts[failed].Name}' failed: {answers[failed].Failure}";
        }

        string[] silent = [.. hosts.Where((_, i) => answers[i].Silence is not null).Select(host => host.Name)];
        // Whatever the deployment's status: a machine that answered before and is silent now may be gone, and a wait for it
        // would never end.
        if (silent.Length > 0)
        {
            Doubt(undone, $"'{silent[0]}' does not answer: {answers.First(answer => answer.Silence is not null).Silence}");
        }

        return new Observation(undone)
        {
            Refusals = [.. answers.Select(answer => answer.Refusal).OfType<Diagnostic>()],
            NeverSeen = neverSeen,
            Answering = [.. hosts.Where((_, i) => answers[i].Silence is null).Select(host => host.Name)],
            Silent = silent,
            GivenUp = WaitFailed(await journal) ? silent : [],
            Journal = await journal,
        };
    }

    private static async Task<IReadOnlyList<string>> NeverSeenAsync(
        DeploymentRecord record, Dial dial, Task<IReadOnlyList<JournalEntry>> journal, CancellationToken cancellation)
    {
        RecordedHost[] hosts =
        [
            .. record.Hosts
                .Where(host => host is { SshAddress: null, AppInputs: null, Addresses.Count: > 0 }),
        ];
        if (hosts.Length == 0 || !WaitFailed(await journal))
        {
            return [];
        }

        bool[] silent = await Task.WhenAll(hosts.Select(host => IsSilentAsync(host, dial, cancellation)));
        return [.. hosts.Where((_, i) => silent[i]).Select(host => host.Name)];
    }

    private static bool WaitFailed(IReadOnlyList<JournalEntry> journal) =>
        journal.LastOrDefault(entry => entry.Phase == PhaseId.Wait) is { Result: JournalResult.Failed };

    private static async Task<bool> IsSilentAsync(RecordedHost host, Dial dial, CancellationToken cancellation)
    {
        string?[] answers = await Task.WhenAll(
            host.Addresses.Select(address => SshProbe.AskAsync(dial.To(address.Ip), ProbeLimit, cancellation)));
        return answers.All(answer => answer is not null);
    }

    // Terraform finds out whether the machines exist. If they do, the wait phase finds out whether they answer.
    private static void Doubt(Dictionary<PhaseId, string> undone, string reason)
    {
        undone[PhaseId.Infrastructure] = reason;
        undone[PhaseId.Wait] = reason;
    }
}
