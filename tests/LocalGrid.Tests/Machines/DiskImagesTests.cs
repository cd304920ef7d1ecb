using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DiskImagesTests : IDisposable
{
    private const long Contract = 1007;
    private const string Folder = "/grid/disks/c1007";

    private readonly FakeComputer _computer = new();

    private DiskImages Disks => new(_computer.Paths, _computer.Computer);

    private string Image => _computer.In($"{Folder}/data.ext4");

    private string MountPoint => _computer.In($"{Folder}/data");

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_disk_is_an_image_where_there_are_loop_devices_and_a_folder_elsewhere()
    {
        Assert.That(Disks.Kind, Is.EqualTo("ext4"));

        _computer.Remove("/dev/loop-control");

        Assert.That(Disks.Kind, Is.EqualTo("directory"));
    }

    [Test]
    public void A_new_disk_is_a_sparse_image_of_its_size_formatted_and_mounted()
    {
        Disks.Ensure(Contract, new DiskRecord("data", 3), null);

        Assert.That(new FileInfo(Image).Length, Is.EqualTo(3L << 30));
        Assert.That(_computer.Tools.Commands, Is.EqualTo(new[]
        {
            $"mkfs.ext4 -q -F -m 0 -E lazy_itable_init=1,lazy_journal_init=1,nodiscard {Image}",
            $"mount -o loop,nosuid,nodev {Image} {MountPoint}",
        }));
        Assert.That(MountPoint, Does.Exist);
        Assert.That(File.GetUnixFileMode(Image), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void An_image_that_an_older_build_left_readable_is_closed()
    {
        var disk = new DiskRecord("data", 3);
        Disks.Ensure(Contract, disk, null);
        File.SetUnixFileMode(Image, (UnixFileMode)0b110_100_100);

        Disks.Ensure(Contract, disk, disk);

        Assert.That(File.GetUnixFileMode(Image), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_disk_that_is_mounted_is_left_alone()
    {
        var disk = new DiskRecord("data", 3);
        Disks.Ensure(Contract, disk, null);
        _computer.Tools.Clear();

        Disks.Ensure(Contract, disk, disk);

        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    [Test]
    public void A_disk_that_is_no_longer_mounted_is_mounted_and_not_formatted()
    {
        var disk = new DiskRecord("data", 3);
        Disks.Ensure(Contract, disk, null);
        _computer.Kernel.Unmount(MountPoint, detach: false);
        _computer.Tools.Clear();

        Disks.Ensure(Contract, disk, disk);

        Assert.That(_computer.Tools.Commands, Is.EqualTo(new[] { $"mount -o loop,nosuid,nodev {Image} {MountPoint}" }));
    }

    [Test]
    public void A_disk_grows_unmounted_and_keeps_its_files()
    {
        Disks.Ensure(Contract, new DiskRecord("data", 3), null);
        _computer.Tools.Clear();

        Disks.Ensure(Contract, new DiskRecord("data", 5), new DiskRecord("data", 3));

        Assert.That(new FileInfo(Image).Length, Is.EqualTo(5L << 30));
        Assert.That(_computer.Tools.Commands, Is.EqualTo(new[]
        {
            $"e2fsck -f -p {Image}",
            $"resize2fs {Image}",
            $"mount -o loop,nosuid,nodev {Image} {MountPoint}",
        }));
    }

    [Test]
    public void A_disk_without_loop_devices_is_a_folder()
    {
        Disks.Ensure(Contract, new DiskRecord("data", 3) { Kind = DiskRecord.Directory }, null);

        Assert.That(MountPoint, Does.Exist);
        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    [Test]
    public void A_disk_is_removed_with_its_image_and_the_others_stay()
    {
        Disks.Ensure(Contract, new DiskRecord("data", 1), null);
        Disks.Ensure(Contract, new DiskRecord("other", 1), null);

        Disks.Remove(Contract, "data");

        Assert.That(Directory.GetFileSystemEntries(_computer.In(Folder)), Is.EquivalentTo(new[]
        {
            _computer.In($"{Folder}/other"),
            _computer.In($"{Folder}/other.ext4"),
        }));
        Assert.That(_computer.Read("/proc/self/mounts"), Does.Not.Contain("/data").And.Contain("/other"));
    }

    [Test]
    public void All_disks_of_a_contract_are_removed_with_their_folder()
    {
        Disks.Ensure(Contract, new DiskRecord("data", 1), null);
        Disks.Ensure(Contract, new DiskRecord("other", 1) { Kind = DiskRecord.Directory }, null);
        Disks.Ensure(1008, new DiskRecord("data", 1), null);

        Disks.RemoveAll(Contract);
        Disks.RemoveAll(Contract);

        Assert.That(_computer.In(Folder), Does.Not.Exist);
        Assert.That(_computer.In("/grid/disks/c1008/data.ext4"), Does.Exist);
    }
}
