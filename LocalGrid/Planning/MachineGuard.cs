using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Checks what a request says of one machine; its name is checked with those of the others.</summary>
internal static class MachineGuard
{
    // The real provider's limits.
    private const int MostCpus = 32;
    private const long LeastMemoryMb = 256;
    private const long MostMemoryMb = 256 * 1024;
    private const long MostRootfsMb = 10 * 1024 * 1024;

    private const int LongestText = 1 << 16;
    private const int MostVariables = 1000;
    private const int SeedLength = 12;

    public static void Check(VmSpec vm, DeploymentSpec deployment, int index)
    {
        CheckSizes(vm, index);
        CheckTexts(vm, index);
        CheckVariables(vm, index);
        foreach (MountSpec mount in vm.Mounts)
        {
            if (mount is null || MountPoint.Problem(mount.Path) is not null || deployment.Disks.All(disk => disk.Name != mount.Disk))
            {
                throw Bad(
                    "mount",
                    $"{Words.Shown(mount?.Disk)} at {Words.Shown(mount?.Path)} is not a disk of this deployment at {MountPoint.Rule}",
                    index, "mounts");
            }
        }

        if (vm.Mounts.Select(mount => mount.Path.TrimEnd('/')).Distinct().Count() != vm.Mounts.Count)
        {
            throw Bad("mount", $"vm {vm.Name} has two mounts at the same path", index, "mounts");
        }
    }

    private static void CheckSizes(VmSpec vm, int index)
    {
        if (vm.Cpu is < 1 or > MostCpus)
        {
            throw Bad("cpu", $"vm {vm.Name} has {vm.Cpu}: 1 to {MostCpus}", index, "cpu");
        }

        if (vm.MemoryMb is < LeastMemoryMb or > MostMemoryMb)
        {
            throw Bad("memory", $"vm {vm.Name} has {vm.MemoryMb} MB: {LeastMemoryMb} to {MostMemoryMb}", index, "memory");
        }

        if (vm.RootfsMb is < 0 or > MostRootfsMb)
        {
            throw Bad("rootfs_size", $"vm {vm.Name} has {vm.RootfsMb} MB: at most {MostRootfsMb}", index, "rootfs_size");
        }
    }

    private static void CheckTexts(VmSpec vm, int index)
    {
        if (!IsText(vm.Flist) || !IsText(vm.Entrypoint))
        {
            throw Bad("text", $"the flist or the entrypoint of vm {vm.Name} is too long or has a NUL", index);
        }

        if (vm.Ip is not null && !Words.IsLine(vm.Ip))
        {
            throw Bad("ip", $"{Words.Shown(vm.Ip)} is no address", index, "ip");
        }

        if (vm.MyceliumSeed is { Length: > 0 } seed && (seed.Length != SeedLength || !seed.All(char.IsAsciiHexDigit)))
        {
            throw Bad("mycelium_ip_seed", $"{Words.Shown(seed)} is not 6 bytes in hexadecimal", index, "mycelium_ip_seed");
        }
    }

    // They become lines of /etc/environment, and SSH_KEY those of authorized_keys. Several lines are fine in a value.
    private static void CheckVariables(VmSpec vm, int index)
    {
        if (vm.Environment.Count > MostVariables)
        {
            throw Bad("env_vars", $"vm {vm.Name} has {vm.Environment.Count} variables: at most {MostVariables}", index, "env_vars");
        }

        foreach ((string name, string value) in vm.Environment)
        {
            if (name.Length == 0 || !Words.IsLine(name) || name.Contains('=') || !IsText(value))
            {
                throw Bad("env_vars", $"the variable \"{Words.Shown(name)}\" has a bad name, or its value a NUL", index, "env_vars");
            }
        }
    }

    private static bool IsText(string? text) => text is { Length: <= LongestText } && !text.Contains('\0');

    private static GridException Bad(string what, string problem, int index, params object[] path) =>
        new($"Invalid {what}", problem, ["vms", index, .. path]);
}
