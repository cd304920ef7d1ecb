using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>
/// Brings back what a reboot of this computer took away, as a node does when it starts: its part of each network, then the machines
/// that were on, from their files and disks. https://github.com/threefoldtech/zos/blob/d7a62609/pkg/provision/engine.go (boot).
/// </summary>
internal sealed class GridStart(WorldStore store, Computer computer)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(5);

    private readonly List<string> _failures = [];

    /// <summary>Needs no root.</summary>
    public static bool IsNeeded(GridWorld world) => Networks(world).Any() || Machines(world).Any();

    public StartReport Run()
    {
        if (!IsNeeded(store.Read()))
        {
            return StartReport.Nothing;
        }

        // Another process may be at it. What it brings back is there afterwards.
        using var held = FileLock.Take(store.Paths.StartLock, LockLimit, computer.Clock);
        GridWorld world = store.Read();
        var ip = new IpCommands(computer);
        var networks = new NetworkEngine(store, computer);
        List<string> restored = Each(Networks(world), network => network.Name, network =>
        {
            // Where /run is on a disk, names of namespaces outlive a reboot.
            ip.RunAll(null, MachinesOf(world, network).Select(vm => $"netns del {vm.Machine}"));
            networks.Restore(network);
        });
        var power = new MachinePower(store, computer);
        List<string> started = Each(Machines(world), vm => $"{vm.Machine} ({vm.Name})", vm => power.Start(vm.Machine));
        return new StartReport(restored, started, _failures);
    }

    // Those that no process is making.
    private static IEnumerable<NetworkRecord> Networks(GridWorld world) => world.Networks.Where(network =>
        network.Maker is null && network.Members.Exists(member => member.Boot != ProcessIdentity.CurrentBoot));

    // A machine that was switched off has no process, and stays off.
    private static IEnumerable<VmRecord> Machines(GridWorld world) => world.Deployments
        .Where(deployment => deployment.Maker is null)
        .SelectMany(deployment => deployment.Vms)
        .Where(vm => vm.Process is { } process && process.Boot != ProcessIdentity.CurrentBoot);

    private static IEnumerable<VmRecord> MachinesOf(GridWorld world, NetworkRecord network) =>
        world.Vms.Where(item => item.Deployment.NetworkId == network.Id).Select(item => item.Vm);

    // One that fails holds nobody else up.
    private List<string> Each<T>(IEnumerable<T> items, Func<T, string> nameOf, Action<T> act)
    {
        var done = new List<string>();
        InParallel.ForEach(items, item =>
        {
            string? problem = null;
            try
            {
                act(item);
            }
            catch (Exception e) when (e is GridException or IOException or UnauthorizedAccessException or AggregateException)
            {
                problem = e.Message;
            }

            lock (_failures)
            {
                (problem is null ? done : _failures).Add(problem is null ? nameOf(item) : $"{nameOf(item)}: {problem}");
            }
        });
        done.Sort(StringComparer.Ordinal);
        return done;
    }
}
