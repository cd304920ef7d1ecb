using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Creates, changes and deletes deployments: accounts under the lock, boots machines without it.</summary>
internal sealed class DeploymentEngine(WorldStore store)
{
    private readonly VmMachine machines = new(store.Paths);
    private readonly DiskImages disks = new(store.Paths);

    public DeploymentResult Apply(DeploymentSpec spec)
    {
        var image = new BaseImage(store.Paths).Ensure(_ => { }).Path;
        if (spec.Contract is null)
        {
            RemoveDeadTwins(spec);
        }

        var change = store.Change(world => DeploymentPlanner.Plan(world, spec));
        try
        {
            Execute(spec, change, image);
        }
        catch (Exception) when (spec.Contract is null)
        {
            Cleanup.Try(() => Delete(change.After.Contract));
            throw;
        }
        finally
        {
            Settle(change.After);
        }

        return ToResult(change);
    }

    public void Delete(long contract)
    {
        var world = store.Read();
        if (world.Deployments.FirstOrDefault(d => d.Contract == contract) is { } deployment)
        {
            Remove(world, deployment);
        }

        disks.RemoveAll(contract);
        store.Change(after =>
        {
            after.Deployments.RemoveAll(d => d.Contract == contract);
            NetworkEngine.RemoveFabricIfUnused(after);
        });
    }

    private void Remove(GridWorld world, DeploymentRecord deployment)
    {
        var member = world.Networks.FirstOrDefault(n => n.Id == deployment.NetworkId)?.MemberOn(deployment.Node);
        InParallel.ForEach(deployment.Vms, vm => machines.Remove(vm, member));
    }

    /// <summary>After a reboot Terraform makes a deployment anew; its dead predecessor must not hold capacity and names.</summary>
    private void RemoveDeadTwins(DeploymentSpec spec)
    {
        var world = store.Read();
        var twins = world.Deployments.Where(d => d.Node == spec.Node && d.Name == spec.Name && d.NetworkName == spec.NetworkName
            && d.SolutionType == spec.SolutionType && !Liveness.IsAlive(world, d) && d.Maker is not { IsAlive: true });
        foreach (var twin in twins.Where(d => d.Vms.Select(vm => vm.Name).SequenceEqual(spec.Vms.Select(vm => vm.Name))))
        {
            Delete(twin.Contract);
        }
    }

    private void Execute(DeploymentSpec spec, DeploymentChange change, string image)
    {
        var (before, after) = (change.Before, change.After);
        var ended = before.Vms.Where(vm => change.Restarted.Contains(vm.Name) || after.Vms.All(kept => kept.Name != vm.Name)).ToList();
        InParallel.ForEach(ended, vm => machines.Remove(vm, change.Member));
        foreach (var disk in before.Disks.Where(disk => after.Disks.All(kept => kept.Name != disk.Name)))
        {
            disks.Remove(after.Contract, disk.Name);
        }

        foreach (var disk in after.Disks)
        {
            disks.Ensure(after.Contract, disk, before.Disks.FirstOrDefault(old => old.Name == disk.Name));
        }

        StartMachines(spec, change, image);
        if (change.BreaksHalfWay)
        {
            throw new GridException(
                "The deployment failed half-way",
                $"machines of node {after.Node} had started (injected fault `{GridFaults.HalfWay}`)");
        }
    }

    private void StartMachines(DeploymentSpec spec, DeploymentChange change, string image)
    {
        var failures = new List<Exception>();
        InParallel.ForEach(change.Restarted, name =>
        {
            var vm = change.After.Vms.First(v => v.Name == name);
            try
            {
                var process = machines.Start(spec.Vms.First(v => v.Name == name), vm, change, image);
                Replace(change.After, vm with { Process = process });
            }
            catch (Exception e) when (e is GridException or IOException or UnauthorizedAccessException)
            {
                machines.Remove(vm, change.Member);
                Replace(change.After, vm with { Process = null });
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        });

        if (failures.Count > 0)
        {
            throw failures[0];
        }
    }

    private static void Replace(DeploymentRecord deployment, VmRecord vm)
    {
        lock (deployment)
        {
            deployment.Vms[deployment.Vms.FindIndex(old => old.Index == vm.Index)] = vm;
        }
    }

    private void Settle(DeploymentRecord deployment)
    {
        deployment.Maker = null;
        store.Change(world =>
        {
            var position = world.Deployments.FindIndex(d => d.Contract == deployment.Contract);
            if (position >= 0)
            {
                world.Deployments[position] = deployment;
            }
        });
    }

    private static DeploymentResult ToResult(DeploymentChange change) => new()
    {
        Contract = change.After.Contract,
        IpRange = change.Member.Subnet,
        ProviderDies = change.ProviderDies,
        Vms =
        [
            .. change.After.Vms.Select(vm => new VmResult(
                vm.Name,
                vm.Ip,
                vm.PublicIp is null ? "" : $"{vm.PublicIp}/24",
                vm.PublicIp6 is null ? "" : $"{vm.PublicIp6}/64",
                vm.MyceliumIp ?? "",
                ConsoleUrl(change.Member, vm))),
        ],
    };

    // Zos serves consoles on the node's address, at 20000 and the last byte of the machine's.
    private static string ConsoleUrl(NetworkMember member, VmRecord vm) =>
        $"{member.Gateway}:{20000 + int.Parse(vm.Ip[(vm.Ip.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture)}";
}
