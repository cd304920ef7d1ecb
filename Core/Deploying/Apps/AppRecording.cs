using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>Records which hosts have the present version of the app.</summary>
internal static class AppRecording
{
    public static RecordedHost HostOf(UpRun run, AppTarget target) =>
        run.Record.Hosts.First(host => host.Name == target.Host);

    /// <summary>Called before the host leaves service, so that the record shows it even if the run is killed.</summary>
    public static void Leaves(UpRun run, AppTarget target, bool leaves)
    {
        if (HostOf(run, target).OutOfService != leaves)
        {
            Set(run, [target], (host, _) => host with { OutOfService = leaves });
        }
    }

    /// <summary>Marks the app as not installed. A host that never had it stays marked as such.</summary>
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
