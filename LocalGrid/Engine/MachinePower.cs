using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Cuts a machine's power and restores it; contract, addresses, files and disks stay.</summary>
internal sealed class MachinePower(WorldStore store, Computer computer)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    private readonly VmMachine _machines = new(store.Paths, computer);
    private readonly NodeNetwork _nodes = new(computer);

    /// <summary>Returns whether it was running.</summary>
    public bool Stop(string machine) => Switch(machine, (deployment, vm, node) =>
    {
        bool ran = vm.Process is { IsAlive: true };
        _machines.CutPower(vm, node);
        Settle(deployment.Contract, vm with { Process = null });
        return ran;
    });

    /// <summary>Returns whether it was off.</summary>
    public bool Start(string machine) => Switch(machine, (deployment, vm, node) =>
    {
        if (vm.Process is { IsAlive: true })
        {
            return false;
        }

        if (!_machines.HasFiles(vm))
        {
            throw new GridException("The machine is gone", $"the files of {machine} are gone; run terraform apply to create it again");
        }

        if (vm.Mounts is null)
        {
            throw new GridException(
                "The machine cannot be started again",
                $"{machine} was created by an older build, which did not record its disks; "
                    + "run terraform apply to create it again");
        }

        try
        {
            ProcessIdentity process = _machines.PowerOn(vm, node, deployment);
            if (!Settle(deployment.Contract, vm with { Process = process }))
            {
                _machines.Remove(vm, node);
            }

            return true;
        }
        catch (Exception)
        {
            Cleanup.Try(computer, () => _machines.CutPower(vm, node));
            throw;
        }
    });

    // The machine's own lock, because two starts at once would boot it twice. The world's lock stays free meanwhile.
    private bool Switch(string machine, Func<DeploymentRecord, VmRecord, NetworkMember, bool> act)
    {
        Find(machine);
        string path = new VmPaths(store.Paths.MachineOf(machine)).PowerLock;
        using var held = FileLock.Take(path, LockLimit, computer.Clock);
        (DeploymentRecord deployment, VmRecord vm, NetworkMember node) = Find(machine);
        return act(deployment, vm, node);
    }

    private (DeploymentRecord Deployment, VmRecord Vm, NetworkMember Node) Find(string machine)
    {
        GridWorld world = store.Read();
        (DeploymentRecord? deployment, VmRecord? vm) = world.Vms.FirstOrDefault(item => item.Vm.Machine == machine);
        if (deployment is null || vm is null)
        {
            string known = string.Join(", ", world.Vms.Select(item => $"{item.Vm.Machine} ({item.Vm.Name})"));
            string others = known.Length > 0 ? $"the machines are {known}" : "none is deployed";
            throw new GridException("Unknown machine", $"there is no machine {machine}; {others}");
        }

        return world.MemberOf(deployment) is { } node && _nodes.IsAlive(node)
            ? (deployment, vm, node)
            : throw new GridException(
                "The machine is gone",
                $"{machine} has lost its network; run terraform apply to create it again");
    }

    // False if its contract has ended in the meantime.
    private bool Settle(long contract, VmRecord vm) => store.Change(world =>
    {
        List<VmRecord>? vms = world.Deployments.FirstOrDefault(each => each.Contract == contract)?.Vms;
        int position = vms?.FindIndex(old => old.Index == vm.Index) ?? -1;
        if (vms is null || position < 0)
        {
            return false;
        }

        vms[position] = vms[position] with { Process = vm.Process };
        return true;
    });
}
