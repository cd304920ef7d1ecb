using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Addresses of a machine in its network.</summary>
internal sealed class VmAddresses(GridWorld world, DeploymentSpec deployment, NetworkRecord network, NetworkMember member)
{
    public string Private(VmSpec spec)
    {
        HashSet<string> used = Used();
        if (spec.Ip is not { Length: > 0 } wanted)
        {
            return AddressPlan.FreeHost(member.Subnet, used);
        }

        if (!AddressPlan.IsHostOf(member.Subnet, wanted))
        {
            throw new GridException(
                "Invalid ip",
                $"{wanted} is not in {member.Subnet}, the range of node {member.Node}; hosts are .2 to .254",
                PathOf(spec, "ip"));
        }

        return !used.Contains(wanted) ? wanted : throw new GridException(
            "Address in use", $"another vm of network {network.Name} has {wanted}", PathOf(spec, "ip"));
    }

    public string? Mycelium(VmSpec spec)
    {
        if (spec.MyceliumSeed is not { Length: > 0 } seed)
        {
            return null;
        }

        return member.MyceliumPrefix is { } prefix
            ? AddressPlan.MyceliumAddress(prefix, seed)
            : throw new GridException(
                "No mycelium in the network",
                $"network {deployment.NetworkName} has no mycelium key for node {member.Node}; add one to its mycelium_keys",
                PathOf(spec, "mycelium_ip_seed"));
    }

    private HashSet<string> Used() => world.Deployments
        .Where(other => other.NetworkId == network.Id && other.Node == member.Node)
        .SelectMany(other => other.Vms)
        .Select(vm => vm.Ip)
        .ToHashSet();

    private object[] PathOf(VmSpec spec, string attribute) => ["vms", deployment.Vms.IndexOf(spec), attribute];
}
