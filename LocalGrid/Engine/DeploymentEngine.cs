using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Creates, changes and deletes deployments: plans under the world's lock, boots machines without it.</summary>
internal sealed class DeploymentEngine(WorldStore store, Computer computer)
{
    private const int FirstConsolePort = 20000;

    private readonly VmMachine _machines = new(store.Paths, computer);
    private readonly DiskImages _disks = new(store.Paths, computer);
    private readonly Liveness _liveness = new(computer);

    public DeploymentResult Apply(DeploymentSpec spec)
    {
        DeploymentGuard.Check(spec);
        string image = new BaseImage(store.Paths, computer).Ensure(spec.Profile, _ => { }).Path;
        if (spec.Contract is null)
        {
            RemoveDeadTwins(spec);
        }

        DeploymentChange change = store.Change(world => DeploymentPlanner.Plan(world, spec, Facts()));
        try
        {
            new Fabric(computer).EnsureRules(() => Surroundings.Of(computer));
            Execute(spec, change, image);
        }
        catch (Exception problem) when (spec.Contract is null)
        {
            RequireRevert(change.After, problem);
            Cleanup.Try(computer, () => Delete(change.After.Contract));
            throw;
        }
        catch
        {
            RemoveStarted(change);
            throw;
        }
        finally
        {
            Settle(change.After);
        }

        return ToResult(change);
    }

    // Contract and machines stay, and no state will name them: of a create that failed, the provider's error is all that is left.
    private void RequireRevert(DeploymentRecord made, Exception problem)
    {
        if (store.Change(world => GridFaults.Takes(world, GridFaults.NoRevert, made.Node)) is not null)
        {
            throw new GridException(
                "couldn't deploy deployment with error",
                "failed to revert deployments: failed to delete deployment: the chain did not answer (injected fault "
                    + $"`{GridFaults.NoRevert}`); try again: error waiting deployment: workload within deployment {made.Contract} "
                    + $"failed with error: {problem.Message}");
        }
    }

    public void Delete(long contract)
    {
        GridWorld world = store.Read();
        if (world.Deployments.FirstOrDefault(each => each.Contract == contract) is { } deployment)
        {
            NetworkMember? member = world.MemberOf(deployment);
            InParallel.ForEach(deployment.Vms, vm => _machines.Remove(vm, member));
        }

        _disks.RemoveAll(contract);
        store.Change(after =>
        {
            after.Deployments.RemoveAll(each => each.Contract == contract);
            new Fabric(computer).RemoveIfUnused(after);
        });
    }

    private HostFacts Facts() =>
        new(_disks.Kind, new HostNetwork(computer).Addresses(), computer.Clock.GetUtcNow()) { Caller = computer.Caller };

    /// <summary>One that Terraform does not know any more must not keep its capacity.</summary>
    private void RemoveDeadTwins(DeploymentSpec spec)
    {
        GridWorld world = store.Read();
        IEnumerable<DeploymentRecord> twins = world.Deployments.Where(deployment =>
            IsTwin(deployment, spec) && !_liveness.IsAlive(world, deployment) && deployment.Maker is not { IsAlive: true });
        foreach (DeploymentRecord twin in twins)
        {
            Delete(twin.Contract);
        }
    }

    private bool IsTwin(DeploymentRecord deployment, DeploymentSpec spec) =>
        computer.Caller.Owns(deployment.Owner)
        && deployment.Node == spec.Node
        && deployment.Name == spec.Name
        && deployment.NetworkName == spec.NetworkName
        && deployment.SolutionType == spec.SolutionType
        && deployment.Vms.Select(vm => vm.Name).SequenceEqual(spec.Vms.Select(vm => vm.Name));

    private void Execute(DeploymentSpec spec, DeploymentChange change, string image)
    {
        (DeploymentRecord before, DeploymentRecord after) = (change.Before, change.After);
        var ended = before.Vms.Where(vm => after.Vms.All(kept => kept.Name != vm.Name)).ToList();
        InParallel.ForEach(ended, vm => _machines.Remove(vm, change.Member));
        foreach (DiskRecord disk in before.Disks.Where(disk => after.Disks.All(kept => kept.Name != disk.Name)))
        {
            _disks.Remove(after.Contract, disk.Name);
        }

        foreach (DiskRecord disk in after.Disks)
        {
            _disks.Ensure(after.Contract, disk, before.Disks.FirstOrDefault(old => old.Name == disk.Name));
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
        InParallel.ForEach(change.Started, name =>
        {
            VmRecord vm = change.After.Vms.First(each => each.Name == name);
            try
            {
                ProcessIdentity process = _machines.Start(spec.Vms.First(each => each.Name == name), vm, change, image);
                Replace(change.After, vm with { Process = process, Image = Path.GetFileName(image) });
            }
            catch (Exception e) when (e is GridException or IOException or UnauthorizedAccessException)
            {
                _machines.Remove(vm, change.Member);
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

    // The grid client reverts a change that failed half-way: what it added is taken away.
    private void RemoveStarted(DeploymentChange change)
    {
        var added = change.After.Vms.Where(vm => change.Started.Contains(vm.Name)).ToList();
        InParallel.ForEach(added, vm => Cleanup.Try(computer, () => _machines.Remove(vm, change.Member)));
        change.After.Vms.RemoveAll(added.Contains);
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
            int position = world.Deployments.FindIndex(each => each.Contract == deployment.Contract);
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

    // Zos serves consoles on the node's address; the port is 20000 plus the last byte of the machine's address.
    private static string ConsoleUrl(NetworkMember member, VmRecord vm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{member.Gateway}:{FirstConsolePort + int.Parse(vm.Ip[(vm.Ip.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture)}");
}
