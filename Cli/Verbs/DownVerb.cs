using TfgridCompose.Core.Orchestration;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

internal static class DownVerb
{
    public static async Task<int> RunAsync(DownOptions options, VerbContext context, CancellationToken cancellation)
    {
        LockTerms terms = context.LockTerms(options);
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        string what = $"{record.Name} ({record.Id}): {string.Join(", ", record.Hosts.Select(host => $"{host.Name} on node {host.NodeId}"))}";
        if (!options.Yes && !context.Confirm($"Destroy {what}?", "--yes"))
        {
            context.Streams.Error.WriteLine("nothing was done");
            return 0;
        }

        await new DownOrchestrator(context.Here, context.Index, terms, context.AttachLog).RunAsync(record, cancellation);
        context.Streams.Error.WriteLine($"destroyed {what}");
        return 0;
    }
}
