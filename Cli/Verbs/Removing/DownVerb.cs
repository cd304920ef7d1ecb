using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Removing;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Cli.Verbs.Removing;

internal static class DownVerb
{
    public static async Task<int> RunAsync(DownOptions options, VerbContext context, CancellationToken cancellation)
    {
        new UnfinishedRecords(context.Here.Home, context.Here.Ranges, context.Index).Clear();
        LockTerms terms = context.LockTerms(options);
        if (Find(options, context) is not { } record)
        {
            return 0;
        }

        string machines = string.Join(", ", record.Hosts.Select(host => $"{host.Name} on node {host.NodeId}"));
        string what = $"{record.Name} ({record.Id}): {machines}";
        if (context.Declines(options.Yes, $"Destroy {what}?"))
        {
            return 0;
        }

        var orchestrator = new DownOrchestrator(context.Here, context.Index, terms, context.AttachLog);
        await orchestrator.RunAsync(record, options.Unverified, cancellation);
        context.Streams.Error.WriteLine($"destroyed {what}");
        if (options.Unverified && !GridName.Parse(record.Grid).IsLocal)
        {
            context.Here.Events.Emit(new DiagnosticRaised(Unverified(record)));
        }

        return 0;
    }

    // A run that was killed after it had proven the end left only files. They are removed now, and may be all that is left of the
    // target.
    private static DeploymentRecord? Find(DownOptions options, VerbContext context)
    {
        IReadOnlyList<EndedDeployment> finished = new DeploymentRemoval(context.Here, context.Index).FinishInterrupted(context.Holder);
        try
        {
            return context.Locator.Find(options.Target, options.Name);
        }
        catch (DiagnosticException problem) when (problem.Diagnostics.Any(diagnostic => diagnostic.Code == StateCodes.NotFound)
            && finished.FirstOrDefault(ended => IsMeant(ended, options, context)) is { } meant)
        {
            context.Streams.Error.WriteLine(
                $"destroyed {meant.Name} ({meant.Id}): removed the files that an interrupted run had left");
            return null;
        }
    }

    private static bool IsMeant(EndedDeployment ended, DownOptions options, VerbContext context) =>
        (options.Name is null || options.Name == ended.Name)
        && (options.Target is { } target ? IsNamed(ended, target, context) : ended.AppPath == context.Here.CurrentFolder);

    private static bool IsNamed(EndedDeployment ended, string target, VerbContext context) =>
        ended.Id.StartsWith(target, StringComparison.Ordinal)
        || target == ended.Name
        || AppFolder.Of(target, context.Here.CurrentFolder) == ended.AppPath;

    private static Diagnostic Unverified(DeploymentRecord record) => Diagnostic.Warning(
        LeakCodes.EndUnverified,
        $"Terraform reports {record.Name} ({record.Id}) as destroyed, but the grid '{record.Grid}' "
            + "was not asked whether contracts are left.",
        $"check later: `{Product.Name} leaks --grid {record.Grid}`");
}
