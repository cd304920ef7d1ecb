using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>Records which hosts have the present version of the app.</summary>
internal static class AppRecording
{
    public static RecordedHost HostOf(UpRun run, AppTarget target) =>
        run.Record.Hosts.First(host => host.Name == target.Host);

    /// <summary>Before it is taken out of service: a run that is killed after it must not hide that.</summary>
    public static void Leaves(UpRun run, AppTarget target, bool leaves)
    {
        if (HostOf(run, target).OutOfService != leaves)
        {
            Set(run, [target], (host, _) => host with { OutOfService = leaves });
        }
    }

    /// <summary>A host that never had the app still counts as one that never had it.</summary>
    public static void Begin(UpRun run, IReadOnlyList<AppTarget> targets) =>
        Set(run, targets, (host, target) => host with { AppInputs = target.Last is null ? null : "" });

    public static void Done(UpRun run, IReadOnlyList<AppTarget> targets) =>
        Set(run, targets, (host, target) => host with { AppInputs = target.Now, OutOfService = false });

    private static void Set(
        UpRun run, IReadOnlyList<AppTarget> targets, Func<RecordedHost, AppTarget, RecordedHost> change)
    {
        if (targets.Count > 0)
        {
            run.Update(record => record with
            {
                Hosts = [.. record.Hosts
                    .Select(host => targets.FirstOrDefault(target => target.Host == host.Name) is { } target
                        ? change(host, target)
                        : host)],
            });
        }
    }
}
