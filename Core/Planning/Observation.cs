using TfgridCompose.Core.Networks;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Planning;

/// <summary>What reality says against the record: phases that are done on paper only, each with what was seen.</summary>
public sealed record Observation(IReadOnlyDictionary<PhaseId, string> Undone)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    /// <summary>A quick look: is the tunnel there, and does each machine answer?</summary>
    public static async Task<Observation> OfAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        var undone = new Dictionary<PhaseId, string>();
        if (record.Status != DeploymentStatus.Running)
        {
            undone[PhaseId.Finalize] = $"the deployment is recorded as {record.Status.Word()}";
        }

        if (record.WireguardInterface is { } name && !WireguardTunnel.IsUp(name))
        {
            undone[PhaseId.Network] = $"the interface {name} is gone";
            return new Observation(undone);
        }

        RecordedHost[] hosts = [.. record.Hosts.Where(host => host.SshAddress is not null)];
        string?[] answers = await Task.WhenAll(hosts.Select(host => SshProbe.AskAsync(host.SshAddress ?? "", ProbeLimit, cancellation)));
        int silent = Array.FindIndex(answers, answer => answer is not null);

        // Whatever the status: a machine that answered once and is silent may be gone, and waiting for it would never end.
        if (silent >= 0)
        {
            undone[PhaseId.Infrastructure] = $"'{hosts[silent].Name}' does not answer: {answers[silent]}";
        }

        return new Observation(undone);
    }
}
