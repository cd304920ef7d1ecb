using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Disks of a deployment: sparse ext4 images on loop devices, or plain directories where there are none.</summary>
internal sealed class DiskImages(WorldPaths paths)
{
    public static string KindHere => File.Exists("/dev/loop-control") ? "ext4" : "directory";

    public string MountPoint(long contract, string disk) => Path.Combine(paths.DisksOf(contract), disk);

    public void Ensure(long contract, DiskRecord disk, DiskRecord? before)
    {
        var mountPoint = MountPoint(contract, disk.Name);
        if (disk.Kind != "ext4")
        {
            Directory.CreateDirectory(mountPoint);
            return;
        }

        var image = mountPoint + ".ext4";
        if (before is not null && before.SizeGb < disk.SizeGb)
        {
            Grow(image, mountPoint, disk.SizeGb);
        }

        if (MountTable.IsMountPoint(mountPoint))
        {
            return;
        }

        Directory.CreateDirectory(mountPoint);
        if (!File.Exists(image))
        {
            Format(image, disk.SizeGb);
        }

        Tool.Run(["mount", "-o", "loop", image, mountPoint]);
    }

    public void Remove(long contract, string disk)
    {
        var mountPoint = MountPoint(contract, disk);
        _ = Libc.Unmount(mountPoint, 0);
        File.Delete(mountPoint + ".ext4");
        Trees.Delete(mountPoint);
    }

    public void RemoveAll(long contract)
    {
        var directory = paths.DisksOf(contract);
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var mountPoint in Directory.EnumerateDirectories(directory))
        {
            Remove(contract, Path.GetFileName(mountPoint));
        }

        Trees.Delete(directory);
    }

    // The machines that mount it were ended before: its size is part of what they are made from.
    private static void Grow(string image, string mountPoint, int sizeGb)
    {
        _ = Libc.Unmount(mountPoint, 0);
        using (var file = new FileStream(image, FileMode.Open))
        {
            file.SetLength(sizeGb * GridCatalog.GiB);
        }

        Tool.Try(["e2fsck", "-f", "-p", image]);
        Tool.Run(["resize2fs", image]);
    }

    // Lazy tables: a sparse image of any size is ready in a few milliseconds.
    private static void Format(string image, int sizeGb)
    {
        using (var file = new FileStream(image, FileMode.CreateNew))
        {
            file.SetLength(sizeGb * GridCatalog.GiB);
        }

        Tool.Run(["mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard", image]);
    }
}
