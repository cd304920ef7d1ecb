using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

internal static class SpecHash
{
    /// <summary>
    /// A hash of everything that a machine is created from, but not of the image: a newer image is no change of the machine.
    /// </summary>
    public static string Of(DeploymentSpec deployment, VmSpec spec, VmRecord vm)
    {
        IEnumerable<DiskSpec> disks = deployment.Disks.Where(disk => spec.Mounts.Any(mount => mount.Disk == disk.Name));
        string text = string.Join('\n', [
            JsonSerializer.Serialize(spec with { Ip = null }, EngineJson.Default.VmSpec),
            .. disks.Select(disk => JsonSerializer.Serialize(disk, EngineJson.Default.DiskSpec)),
            vm.Ip, vm.PublicIp ?? "", vm.PublicIp6 ?? "", vm.MyceliumIp ?? "", deployment.NetworkName,
        ]);

        // The environment may have secrets. The machine's number is a salt, which makes them hard to guess from the hash.
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{vm.Index}\n{text}")));
    }
}
