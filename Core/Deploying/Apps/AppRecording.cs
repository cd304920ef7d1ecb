using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>Records which hosts have the present version of the app.</summary>
internal static class AppRecording
{
    public static RecordedHost HostOf(UpRun run, AppTarget target) =>
        run.Record.Hosts.First(host => host.Name == target.Host);

    /// <summary>A host that never had the app still counts as one that never had it.</summary>
    public static void Begin(UpRun run, IReadOnlyList<AppTarget> targets) =>
        Set(run, targets, target => target.Last is null ? null : "");

    public static void Done(UpRun run, IReadOnlyList<AppTarget> targets) => Set(run, targets, target => target.Now);

    private static void Set(UpRun run, IReadOnlyList<AppTarget> targets, Func<AppTarget, string?> inputs)
    {
        if (targets.Count > 0)
        {
            run.Update(record => record with
            {
                Hosts = [.. record.Hosts
                    .Select(host => targets.FirstOrDefault(target => target.Host == host.Name) is { } target
                        ? host with { AppInputs = inputs(target) }
                        : host)],
            });
        }
    }
}
