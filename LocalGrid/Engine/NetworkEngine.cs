using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Creates, changes and deletes networks: plans under the world's lock, then builds without it.</summary>
internal sealed class NetworkEngine(WorldStore store, Computer computer)
{
    private readonly Fabric _fabric = new(computer);
    private readonly Liveness _liveness = new(computer);
    private readonly NodeNetwork _nodes = new(computer);
    private readonly WireGuardGateway _gateways = new(computer);

    public NetworkResult Apply(NetworkSpec spec)
    {
        NetworkGuard.Check(spec);
        if (store.Read().Forwarding is null)
        {
            store.Change(_fabric.Remember);
        }

        Reachable allowed = Surroundings.Of(computer);
        NetworkChange change = Plan(spec, allowed);
        NetworkResult result = BuildOrRevert(change, allowed);
        return change.Failure is null ? result : throw new HalfMadeNetworkException(change.Failure, result);
    }

    private NetworkResult BuildOrRevert(NetworkChange change, Reachable allowed)
    {
        try
        {
            NetworkResult result = Build(change, allowed);
            Settle(change.Network);
            return result;
        }
        catch (Exception) when (change.Network.Maker is not null)
        {
            Cleanup.Try(computer, () => Delete(change.Network.Id));
            throw;
        }
    }

    public void Delete(string id)
    {
        NetworkRecord? network = store.Read().Networks.FirstOrDefault(each => each.Id == id);
        foreach (NetworkMember member in network?.Members ?? [])
        {
            _nodes.Remove(member);
        }

        Trees.DeleteFile(store.Paths.SecretsOf(id));
        store.Change(world =>
        {
            world.Networks.RemoveAll(each => each.Id == id);
            _fabric.RemoveIfUnused(world);
        });
    }

    /// <summary>
    /// After a reboot of this computer, its nodes get their part of the network again: the same ranges, addresses and keys.
    /// </summary>
    public void Restore(NetworkRecord network)
    {
        Reachable allowed = Surroundings.Of(computer);
        store.Change(_ => _fabric.Ensure(allowed));
        network.Members.Where(member => !_nodes.IsAlive(member)).ToList().ForEach(_nodes.Remove);
        _nodes.Ensure(network, allowed);
        EnsureAccess(network);

        // Last: until then, everybody else sees that it is not back yet.
        bool isThere = store.Change(world => Settled(world.Networks.FirstOrDefault(each => each.Id == network.Id)));
        if (!isThere)
        {
            network.Members.ForEach(_nodes.Remove);
        }
    }

    // False if it was deleted in the meantime.
    private static bool Settled(NetworkRecord? network)
    {
        network?.Members.ForEach(member => member.Boot = ProcessIdentity.CurrentBoot);
        return network is not null;
    }

    private NetworkChange Plan(NetworkSpec spec, Reachable allowed)
    {
        try
        {
            return store.Change(world => Plan(world, spec, allowed));
        }
        catch (Exception)
        {
            Cleanup.Try(computer, () => store.Change(_fabric.RemoveIfUnused));
            throw;
        }
    }

    private NetworkChange Plan(GridWorld world, NetworkSpec spec, Reachable allowed)
    {
        NetworkRecord network = NetworkPlanner.Find(world, spec) ?? Create(world, spec);
        computer.Caller.MustOwn(network.Owner, $"network {network.Name}");

        // Repeated, because the saved settings are gone if the last contract has ended since.
        _fabric.Remember(world);
        _fabric.Ensure(allowed);
        return NetworkPlanner.Change(world, network, spec, computer.Clock.GetUtcNow());
    }

    // A network that somebody removed by hand, or that its process never finished, does not keep its name.
    private NetworkRecord Create(GridWorld world, NetworkSpec spec)
    {
        foreach (NetworkRecord dead in world.Networks.Where(each => each.Name == spec.Name && !_liveness.IsAlive(each)).ToList())
        {
            dead.Members.ForEach(_nodes.Remove);
            world.Networks.Remove(dead);
        }

        NetworkRecord network = NetworkPlanner.Create(world, spec);
        network.Owner = computer.Caller.User;
        return network;
    }

    private void Settle(NetworkRecord network)
    {
        if (network.Maker is not null)
        {
            store.Change(world => world.Networks.Where(each => each.Id == network.Id).ToList().ForEach(each => each.Maker = null));
        }
    }

    private NetworkResult Build(NetworkChange change, Reachable allowed)
    {
        NetworkRecord network = change.Network;
        foreach (NetworkMember gone in change.Removed)
        {
            _nodes.Remove(gone);
            _nodes.Forget(network, gone);
        }

        _nodes.Ensure(network, allowed);
        return ToResult(network, EnsureAccess(network));
    }

    private NetworkSecrets? EnsureAccess(NetworkRecord network)
    {
        foreach (NetworkMember member in network.Members.Where(member => member.Node != network.Access?.Node))
        {
            _gateways.Stop(member);
        }

        if (network.Access is not { } access || network.MemberOn(access.Node) is not { } gateway)
        {
            return null;
        }

        NetworkSecrets secrets = store.ReadSecrets(network.Id) ?? WireGuardKeys.Generate(computer.Tools);
        store.SaveSecrets(network.Id, secrets);
        _gateways.Start(network, gateway, secrets);
        return secrets;
    }

    private static NetworkResult ToResult(NetworkRecord network, NetworkSecrets? secrets) => new()
    {
        Id = network.Id,
        Subnets = network.Members.ToDictionary(member => $"{member.Node}", member => member.Subnet),
        Contracts = network.Members.ToDictionary(member => $"{member.Node}", member => member.Contract),
        AccessConfig = secrets is null ? "" : WireGuardGateway.UserConfig(network, secrets),
        ExternalIp = network.Access?.Subnet ?? "",
        ExternalKey = secrets?.UserPrivateKey ?? "",
        PublicNode = network.PublicNode,
    };
}
