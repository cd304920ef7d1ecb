using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

internal static class VmAddresses
{
    public static string Private(
        GridWorld world,
        DeploymentSpec deployment,
        VmSpec spec,
        VmRecord? before,
        NetworkRecord network,
        NetworkMember member)
    {
        var position = deployment.Vms.IndexOf(spec);
        var used = world.Deployments
            .Where(d => d.NetworkId == network.Id && d.Node == member.Node)
            .SelectMany(d => d.Vms)
            .Where(vm => vm.Index != before?.Index)
            .Select(vm => vm.Ip)
            .ToHashSet();
        if (spec.Ip is not { Length: > 0 } wanted)
        {
            return before?.Ip ?? AddressPlan.FreeHost(member.Subnet, used);
        }

        if (!AddressPlan.IsHostOf(member.Subnet, wanted))
        {
            throw new GridException(
                "Invalid ip",
                $"{wanted} is not in {member.Subnet}, the range of node {member.Node}; hosts are .2 to .254",
                "vms",
                position,
                "ip");
        }

        return used.Contains(wanted)
            ? throw new GridException("Address in use", $"another vm of network {network.Name} has {wanted}", "vms", position, "ip")
            : wanted;
    }

    public static string? Mycelium(DeploymentSpec deployment, VmSpec spec, NetworkMember member)
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
                "vms", deployment.Vms.IndexOf(spec), "mycelium_ip_seed");
    }
}
