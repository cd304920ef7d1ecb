using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Networks;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

/// <summary>The record, and whether what it names answers now. No plugin and no app folder is needed.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        (Dictionary<string, string> seen, bool well) = await LookAsync(record, cancellation);
        if (context.Global.Json)
        {
            context.Streams.Out.Write(DeploymentView.Json(record, seen));
        }
        else
        {
            context.Streams.Out.Write(DeploymentView.Text(record));
            foreach ((string what, string answer) in seen)
            {
                context.Streams.Out.WriteLine($"{what.PadRight(12)}  {answer}");
            }
        }

        return record.Status == DeploymentStatus.Running && !well ? (int)ExitCode.Verification : 0;
    }

    private static async Task<(Dictionary<string, string> Seen, bool Well)> LookAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, string>();
        bool well = true;
        if (record.WireguardInterface is { } name)
        {
            seen[name] = WireguardTunnel.IsUp(name) ? "the tunnel is up" : "the tunnel is gone; `tfgrid-compose up` brings it back";
            well = WireguardTunnel.IsUp(name);
        }

        foreach (RecordedHost host in record.Hosts.Where(host => host.SshAddress is not null))
        {
            string? reason = await SshProbe.AskAsync(host.SshAddress ?? "", ProbeLimit, cancellation);
            seen[$"ssh {host.Name}"] = reason ?? $"answers at {host.SshAddress}";
            well &= reason is null;
        }

        return (seen, well);
    }
}
