using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Takes the power of a machine away and gives it back; contract, addresses, files and disks stay.</summary>
internal sealed class MachinePower(WorldStore store)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    private readonly VmMachine machines = new(store.Paths);

    /// <summary>Whether it ran before.</summary>
    public bool Stop(string machine) => Switch(machine, (deployment, vm, node) =>
    {
        var ran = vm.Process is { IsAlive: true };
        VmMachine.CutPower(vm, node);
        Settle(deployment.Contract, vm with { Process = null });
        return ran;
    });

    /// <summary>Whether it was off before.</summary>
    public bool Start(string machine) => Switch(machine, (deployment, vm, node) =>
    {
        if (vm.Process is { IsAlive: true })
        {
            return false;
        }

        if (vm.Mounts is null)
        {
            throw new GridException(
                "The machine cannot be started again",
                $"{machine} was made by an older build, which did not write down its disks; an apply makes it anew");
        }

        try
        {
            var process = machines.PowerOn(vm, node, deployment.Contract);
            if (!Settle(deployment.Contract, vm with { Process = process }))
            {
                machines.Remove(vm, node);
            }

            return true;
        }
        catch (Exception)
        {
            Cleanup.Try(() => VmMachine.CutPower(vm, node));
            throw;
        }
    });

    // The machine's own lock: two switches at once would boot it twice. The world's is not held while a machine boots.
    private bool Switch(string machine, Func<DeploymentRecord, VmRecord, NetworkMember, bool> act)
    {
        Find(machine);
        using var held = FileLock.Take(new VmPaths(store.Paths.MachineOf(machine)).PowerLock, LockLimit);
        var (deployment, vm, node) = Find(machine);
        return act(deployment, vm, node);
    }

    private (DeploymentRecord Deployment, VmRecord Vm, NetworkMember Node) Find(string machine)
    {
        var world = store.Read();
        var (deployment, vm) = world.Vms.FirstOrDefault(item => item.Vm.Machine == machine);
        if (vm is null)
        {
            var known = string.Join(", ", world.Vms.Select(item => $"{item.Vm.Machine} ({item.Vm.Name})"));
            throw new GridException(
                "Unknown machine",
                $"there is no machine {machine}; {(known.Length > 0 ? $"there are {known}" : "none is deployed")}");
        }

        return machines.HasRoot(vm)
            && world.Networks.FirstOrDefault(n => n.Id == deployment.NetworkId)?.MemberOn(deployment.Node) is { } node
            && NodeNetwork.IsAlive(node)
            ? (deployment, vm, node)
            : throw new GridException(
                "The machine is gone",
                $"{machine} has no network or no files any more, as after a reboot of this computer; an apply makes it anew");
    }

    // False: its contract ended meanwhile.
    private bool Settle(long contract, VmRecord vm) => store.Change(world =>
    {
        var vms = world.Deployments.FirstOrDefault(d => d.Contract == contract)?.Vms;
        var position = vms?.FindIndex(old => old.Index == vm.Index) ?? -1;
        if (vms is null || position < 0)
        {
            return false;
        }

        vms[position] = vms[position] with { Process = vm.Process };
        return true;
    });
}
