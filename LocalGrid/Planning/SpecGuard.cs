using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// The engine runs as root for callers who are not root, so it checks everything that becomes part of a path or a command.
/// </summary>
internal static class SpecGuard
{
    private const int NodePrefix = 24;

    /// <summary>Ranges become lines of a batch that <c>ip</c> reads as root.</summary>
    public static void Check(NetworkSpec spec)
    {
        if (spec.IpRange.Split('/') is not [var address, "16"]
            || !IPAddress.TryParse(address, out IPAddress? ip)
            || ip.AddressFamily != AddressFamily.InterNetwork)
        {
            throw new GridException("Invalid range", $"{Shown(spec.IpRange)} is not an IPv4 network of /16", "ip_range");
        }

        var range = IPNetwork.Parse(AddressPlan.NormaliseRange(spec.IpRange));
        foreach ((string node, string subnet) in spec.Subnets)
        {
            if (!int.TryParse(node, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                || !IPNetwork.TryParse(subnet, out IPNetwork network)
                || network.PrefixLength != NodePrefix
                || network.ToString() != subnet
                || !range.Contains(network.BaseAddress))
            {
                throw new GridException(
                    "Invalid subnet", $"the subnet of node {Shown(node)}, {Shown(subnet)}, is not a /24 within {range}", "subnets");
            }
        }
    }

    private static string Shown(string text) => new([.. text.Select(letter => char.IsControl(letter) ? '?' : letter)]);

    public static void Check(DeploymentSpec spec)
    {
        foreach (string name in spec.Vms.Select(vm => vm.Name).Concat(spec.Disks.Select(disk => disk.Name)))
        {
            if (name.Length == 0 || ValueChecks.Name("name", name) is not null)
            {
                throw new GridException(
                    "Invalid name", $"\"{name}\" must only include alphanumeric and underscore characters");
            }
        }

        foreach (MountSpec mount in spec.Vms.SelectMany(vm => vm.Mounts))
        {
            if (!mount.Path.StartsWith('/') || spec.Disks.All(disk => disk.Name != mount.Disk))
            {
                throw new GridException(
                    "Invalid mount", $"{mount.Disk} at {mount.Path} is not a disk of this deployment at an absolute path");
            }
        }
    }
}
