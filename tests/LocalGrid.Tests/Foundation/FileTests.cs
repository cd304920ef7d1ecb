using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Foundation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FileTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    public void Dispose() => _computer.Dispose();

    [Test]
    public void Waiting_for_a_lock_that_another_holds_is_reported_once()
    {
        string path = _computer.In("/lock");
        using var held = FileLock.Take(path, TimeSpan.Zero, _computer.Clock);
        int told = 0;

        Assert.That(
            () => FileLock.Take(path, TimeSpan.FromSeconds(60), _computer.Clock, () => told++),
            Throws.TypeOf<GridException>().With.Message.EqualTo($"another process held {path} for 60 s"));

        Assert.That(told, Is.EqualTo(1));
        Assert.That(_computer.Clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(60)).Within(TimeSpan.FromSeconds(0.1)));
    }

    [Test]
    public void A_lock_that_was_released_is_taken_at_once()
    {
        string path = _computer.In("/lock");
        FileLock.Take(path, TimeSpan.Zero, _computer.Clock).Dispose();
        int told = 0;

        FileLock.Take(path, TimeSpan.Zero, _computer.Clock, () => told++).Dispose();

        Assert.That((told, _computer.Clock.Waits), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_lock_that_is_released_meanwhile_is_taken()
    {
        string path = _computer.In("/lock");
        var held = FileLock.Take(path, TimeSpan.Zero, _computer.Clock);

        Assert.That(() => FileLock.Take(path, TimeSpan.FromSeconds(1), _computer.Clock, held.Dispose).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_lock_of_an_older_build_is_closed_to_others_by_root()
    {
        Assume.That(Libc.IsRoot);
        string path = _computer.In("/lock");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, AtomicFile.Executable);

        FileLock.Take(path, TimeSpan.Zero, _computer.Clock).Dispose();

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(AtomicFile.Private));
    }

    [Test]
    public void A_lock_in_a_missing_folder_fails_at_once() => Assert.That(
        () => FileLock.Take(_computer.In("/nowhere/lock"), TimeSpan.FromSeconds(60), _computer.Clock),
        Throws.TypeOf<DirectoryNotFoundException>());

    [TestCase(AtomicFile.Private)]
    [TestCase(AtomicFile.Executable)]
    public void A_file_is_replaced_whole_with_its_mode_whatever_the_umask_is(UnixFileMode mode)
    {
        string path = _computer.In("/file");
        File.WriteAllText(path, "a longer text");
        uint before = Libc.SetUmask(0x3f);
        try
        {
            AtomicFile.Write(path, "new"u8, mode);
        }
        finally
        {
            _ = Libc.SetUmask(before);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(mode));
        Assert.That(Directory.GetFiles(_computer.Root, "file*"), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void What_a_killed_writer_left_is_no_obstacle()
    {
        string path = _computer.In("/file");
        File.WriteAllText($"{path}.{Environment.ProcessId}.tmp", "half");

        AtomicFile.Write(path, "new"u8);

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
    }

    [Test]
    public void A_tree_is_deleted_with_all_that_is_in_it()
    {
        _computer.Write("/tree/sub/file", "");

        Trees.Delete(_computer.Computer, _computer.In("/tree"));
        Trees.Delete(_computer.Computer, _computer.In("/tree"));

        Assert.That(_computer.In("/tree"), Does.Not.Exist);
    }

    [TestCase("/tree")]
    [TestCase("/tree/disk")]
    public void A_tree_with_a_mount_is_not_deleted(string mounted)
    {
        _computer.Write("/tree/disk/data", "");
        _computer.Kernel.AddMount($"x {_computer.In(mounted)} ext4 rw 0 0");

        Assert.That(
            () => Trees.Delete(_computer.Computer, _computer.In("/tree")),
            Throws.TypeOf<GridException>().With.Message.StartsWith($"{_computer.In(mounted)} is still mounted"));
        Assert.That(_computer.In("/tree/disk/data"), Does.Exist);
    }

    [Test]
    public void A_mount_beside_a_tree_is_not_in_its_way()
    {
        _computer.MakeFolder("/tree");
        _computer.Kernel.AddMount($"x {_computer.In("/tree2")} ext4 rw 0 0");

        Trees.Delete(_computer.Computer, _computer.In("/tree"));

        Assert.That(_computer.In("/tree"), Does.Not.Exist);
    }

    [Test]
    public void A_write_that_fails_leaves_no_temporary_file()
    {
        _computer.MakeFolder("/world.json/taken");

        Assert.That(() => AtomicFile.Write(_computer.In("/world.json"), "{}"u8), Throws.InstanceOf<IOException>());

        Assert.That(Directory.GetFiles(_computer.In("/")), Is.Empty);
    }

    [Test]
    public void Deleting_a_file_that_does_not_exist_does_nothing()
    {
        _computer.Write("/file", "");

        Trees.DeleteFile(_computer.In("/file"));
        Trees.DeleteFile(_computer.In("/no/folder/file"));

        Assert.That(_computer.In("/file"), Does.Not.Exist);
    }

    [Test]
    public void Mount_points_are_the_second_word_of_each_line()
    {
        _computer.Kernel.AddMount("tfl /a/root overlay lowerdir=/image,x 0 0");

        Assert.That(MountTable.MountPoints(_computer.Computer), Is.EqualTo(new[] { "/", "/a/root" }));
        Assert.That(MountTable.IsMountPoint(_computer.Computer, "/a/root"));
        Assert.That(MountTable.IsMountPoint(_computer.Computer, "/a"), Is.False);
    }
}
