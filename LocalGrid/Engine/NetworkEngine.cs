using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Creates, changes and deletes networks: accounts under the lock, then builds without it.</summary>
internal sealed class NetworkEngine(WorldStore store)
{
    public NetworkResult Apply(NetworkSpec spec)
    {
        if (store.Read().Forwarding is null)
        {
            store.Change(Fabric.Remember);
        }

        var change = Plan(spec);
        try
        {
            var result = Build(change);
            Settle(change.Network);
            return result;
        }
        catch (Exception) when (spec.Id is null)
        {
            Cleanup.Try(() => Delete(change.Network.Id));
            throw;
        }
    }

    private NetworkChange Plan(NetworkSpec spec)
    {
        try
        {
            return store.Change(world => NetworkPlanner.Plan(world, spec));
        }
        catch (Exception)
        {
            Cleanup.Try(() => store.Change(RemoveFabricIfUnused));
            throw;
        }
    }

    public void Delete(string id)
    {
        RemoveDead(id);
        var network = store.Read().Networks.FirstOrDefault(n => n.Id == id);
        foreach (var member in network?.Members ?? [])
        {
            NodeNetwork.Remove(member);
        }

        Trees.DeleteFile(store.Paths.SecretsOf(id));
        store.Change(world =>
        {
            world.Networks.RemoveAll(n => n.Id == id);
            RemoveFabricIfUnused(world);
        });
    }

    // A refresh took them for gone, so that nobody else ends them.
    private void RemoveDead(string id)
    {
        var world = store.Read();
        foreach (var dead in world.Deployments.Where(d => d.NetworkId == id && d.Maker is null && !Liveness.IsAlive(world, d)))
        {
            new DeploymentEngine(store).Delete(dead.Contract);
        }
    }

    private void Settle(NetworkRecord network)
    {
        if (network.Maker is not null)
        {
            store.Change(world => world.Networks.Where(n => n.Id == network.Id).ToList().ForEach(n => n.Maker = null));
        }
    }

    public static void RemoveFabricIfUnused(GridWorld world)
    {
        if (world.IsEmpty)
        {
            Fabric.Remove(world);
        }
    }

    private NetworkResult Build(NetworkChange change)
    {
        var network = change.Network;
        foreach (var gone in change.Removed)
        {
            NodeNetwork.Remove(gone);
            NodeNetwork.Forget(network, gone);
        }

        NodeNetwork.Ensure(network, HostNetwork.Nameservers(HostNetwork.ResolvConf()));
        return ToResult(network, EnsureAccess(network));
    }

    private NetworkSecrets? EnsureAccess(NetworkRecord network)
    {
        foreach (var member in network.Members.Where(member => member.Node != network.Access?.Node))
        {
            WireGuardGateway.Stop(member);
        }

        if (network.Access is not { } access || network.MemberOn(access.Node) is not { } gateway)
        {
            return null;
        }

        var secrets = store.ReadSecrets(network.Id) ?? WireGuardKeys.Generate();
        store.SaveSecrets(network.Id, secrets);
        WireGuardGateway.Start(network, gateway, secrets);
        return secrets;
    }

    private static NetworkResult ToResult(NetworkRecord network, NetworkSecrets? secrets) => new()
    {
        Id = network.Id,
        Subnets = network.Members.ToDictionary(m => $"{m.Node}", m => m.Subnet),
        Contracts = network.Members.ToDictionary(m => $"{m.Node}", m => m.Contract),
        AccessConfig = secrets is null ? "" : WireGuardGateway.UserConfig(network, secrets),
        ExternalIp = network.Access?.Subnet ?? "",
        ExternalKey = secrets?.UserPrivateKey ?? "",
        PublicNode = network.Access?.Node ?? 0,
    };
}
