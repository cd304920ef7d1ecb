using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Disks of a deployment: sparse ext4 images, or plain directories where there are no loop devices.</summary>
internal sealed class DiskImages(WorldPaths paths, Computer computer)
{
    /// <summary>What a new disk is on this computer.</summary>
    public string Kind => File.Exists(computer.At("/dev/loop-control")) ? DiskRecord.Ext4 : DiskRecord.Directory;

    public string MountPoint(long contract, string disk) => Path.Combine(paths.DisksOf(contract), disk);

    public void Ensure(long contract, DiskRecord disk, DiskRecord? before)
    {
        RootFolder.Create(paths.Disks);
        string mountPoint = MountPoint(contract, disk.Name);
        if (disk.Kind != DiskRecord.Ext4)
        {
            Directory.CreateDirectory(mountPoint);
            return;
        }

        string image = ImageOf(mountPoint);
        if (before is not null && before.SizeGb < disk.SizeGb)
        {
            Grow(image, mountPoint, disk.SizeGb);
        }

        if (File.Exists(image))
        {
            File.SetUnixFileMode(image, AtomicFile.Private);
        }

        Directory.CreateDirectory(mountPoint);
        if (!File.Exists(image))
        {
            Format(image, disk.SizeGb);
        }

        Mount(contract, disk);
    }

    /// <summary>Mounts a disk that exists, unless it is mounted.</summary>
    public void Mount(long contract, DiskRecord disk)
    {
        string mountPoint = MountPoint(contract, disk.Name);
        if (disk.Kind != DiskRecord.Ext4 || MountTable.IsMountPoint(computer, mountPoint))
        {
            return;
        }

        // A machine's files have no power on this computer. DiskPower gives it back in the machine.
        computer.Tools.Run(["mount", "-o", "loop,nosuid,nodev", ImageOf(mountPoint), mountPoint]);
    }

    public void Remove(long contract, string disk)
    {
        string mountPoint = MountPoint(contract, disk);
        computer.Kernel.Unmount(mountPoint, detach: false);
        File.Delete(ImageOf(mountPoint));
        Trees.Delete(computer, mountPoint);
    }

    public void RemoveAll(long contract)
    {
        string directory = paths.DisksOf(contract);
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (string mountPoint in Directory.EnumerateDirectories(directory))
        {
            Remove(contract, Path.GetFileName(mountPoint));
        }

        Trees.Delete(computer, directory);
    }

    private static string ImageOf(string mountPoint) => mountPoint + ".ext4";

    // No machine uses it: the node grows no disk that one has mounted.
    private void Grow(string image, string mountPoint, int sizeGb)
    {
        computer.Kernel.Unmount(mountPoint, detach: false);
        using (var file = new FileStream(image, FileMode.Open))
        {
            file.SetLength(sizeGb * GridCatalog.GiB);
        }

        computer.Tools.Try(["e2fsck", "-f", "-p", image]);
        computer.Tools.Run(["resize2fs", image]);
    }

    // With lazy tables, a sparse image of any size is ready in a few milliseconds.
    private void Format(string image, int sizeGb)
    {
        using (var file = new FileStream(image, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = AtomicFile.Private,
        }))
        {
            file.SetLength(sizeGb * GridCatalog.GiB);
        }

        const string Lazy = "lazy_itable_init=1,lazy_journal_init=1,nodiscard";
        computer.Tools.Run(["mkfs.ext4", "-q", "-F", "-m", "0", "-E", Lazy, image]);
    }
}
