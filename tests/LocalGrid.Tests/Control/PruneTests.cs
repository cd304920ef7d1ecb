using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Control;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PruneTests : IDisposable
{
    private readonly ControlLab _lab = new();

    public PruneTests() => _lab.Grid.Deploy("one");

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Where_everything_belongs_to_a_contract_nothing_is_removed()
    {
        _lab.Computer.Write("/run/wireguard/tfl-w1.sock", "");

        Assert.That(_lab.Run("prune"), Is.EqualTo(new ControlLab.Result(0, "{\"removed\":[]}\n", "")));
        Assert.That(_lab.Grid.Exists("/sys/class/net/tfl-fab"));
        Assert.That(_lab.Grid.Exists("/run/wireguard/tfl-w1.sock"));
    }

    [Test]
    public void What_belongs_to_no_contract_is_removed_and_named()
    {
        _lab.Computer.MakeFolder("/grid/machines/tfl-v90/upper");
        _lab.Computer.Write("/sys/fs/cgroup/memory/tfl-v91/cgroup.procs", "77\n");
        _lab.Computer.Write("/run/netns/tfl-n92", "");
        _lab.Computer.MakeFolder("/sys/class/net/tfl-n93");
        _lab.Computer.Write("/run/wireguard/tfl-w94.sock", "");
        _lab.Computer.Write("/grid/disks/c95/data.ext4", "");
        _lab.Computer.MakeFolder("/grid/disks/c95/data");
        _lab.Computer.Write("/grid/secrets/network-96.json", "");
        _lab.Computer.MakeFolder("/grid/images/97");
        string[] left =
        [
            "machine tfl-v90", "cgroup tfl-v91", "namespace tfl-n92", "link tfl-n93", "wireguard tfl-w94.sock", "disks c95",
            "secrets network-96.json", "image 97",
        ];
        Assert.That(_lab.Run("status").Json.GetProperty("leftovers").EnumerateArray().Select(each => each.GetString()), Is.EqualTo(left));

        Assert.That(_lab.Run("prune").Removed, Is.EqualTo(left));

        Assert.That(_lab.Run("status").Json.GetProperty("leftovers").GetArrayLength(), Is.Zero);
        Assert.That(_lab.Computer.Kernel.Killed, Has.Member(77));
        Assert.That(Directory.GetFileSystemEntries(_lab.Computer.Paths.Secrets), Has.Length.EqualTo(1), "the living network's");
        Assert.That(Directory.GetDirectories(_lab.Computer.Paths.Images), Has.Length.EqualTo(1));
    }

    [Test]
    public void What_has_another_name_is_not_ours()
    {
        _lab.Computer.Write("/run/netns/other", "");
        _lab.Computer.MakeFolder("/sys/class/net/docker0");
        _lab.Computer.Write("/run/wireguard/wg0.sock", "");
        _lab.Computer.MakeFolder("/sys/fs/cgroup/memory/other");

        Assert.That(_lab.Run("prune").Removed, Is.Empty);
    }

    [Test]
    public void Records_whose_creator_died_are_ended()
    {
        _lab.Computer.Store.Change(world =>
        {
            world.Deployments[0].Maker = Worlds.Dead;
            world.Networks[0].Maker = Worlds.Dead;
        });
        string network = _lab.World.Networks[0].Id;

        Assert.That(_lab.Run("prune").Removed, Is.EqualTo(new[] { "deployment 1003", $"network {network}" }));

        Assert.That(_lab.World.IsEmpty);
        Assert.That(_lab.Grid.Exists("/run/netns/tfl-n1"), Is.False);
    }

    [Test]
    public void Records_whose_creator_is_at_work_are_left()
    {
        _lab.Computer.Store.Change(world =>
        {
            world.Deployments[0].Maker = ProcessIdentity.Current;
            world.Networks[0].Maker = ProcessIdentity.Current;
        });

        Assert.That(_lab.Run("prune").Removed, Is.Empty);
    }

    [Test]
    public void A_fabric_that_nothing_uses_is_removed()
    {
        _lab.Computer.Store.Change(world =>
        {
            world.Networks.Clear();
            world.Deployments.Clear();
        });

        Assert.That(_lab.Run("prune").Removed, Has.Member("link tfl-fab"));

        Assert.That(_lab.Computer.Read("/proc/sys/net/ipv4/ip_forward"), Is.EqualTo("0"), "its settings go with it");
        Assert.That(_lab.World.Forwarding, Is.Null);
    }

    [Test]
    public void An_old_image_that_a_machine_runs_on_is_left()
    {
        _lab.Computer.MakeFolder("/grid/images/old");
        _lab.Computer.Kernel.AddMount($"tfl /x overlay lowerdir={_lab.Computer.In("/grid/images/old")},upperdir=/u 0 0");

        Assert.That(_lab.Run("prune").Removed, Is.Empty);
    }

    [Test]
    public void An_old_image_that_a_machine_needs_that_is_off_is_left()
    {
        string name = Path.GetFileName(Directory.GetDirectories(_lab.Computer.Paths.Images).Single());
        _lab.Computer.Write("/etc/os-release", "ID=debian\nVERSION_CODENAME=trixie\n");
        _lab.Grid.Reboot();

        Assert.That(_lab.Run("prune").Removed, Is.Empty);

        _lab.Grid.Deployments.Delete(1003);
        Assert.That(_lab.Run("prune").Removed, Has.Member($"image {name}"));
    }

    [Test]
    public void While_an_image_is_built_no_image_is_removed()
    {
        _lab.Computer.MakeFolder("/grid/images/old");
        using var held = FileLock.Take(_lab.Computer.Paths.ImageLock, TimeSpan.Zero, _lab.Computer.Clock);

        Assert.That(_lab.Run("prune").Removed, Is.Empty);
        Assert.That(_lab.Grid.Exists("/grid/images/old"));
    }

    [Test]
    public void On_a_computer_that_builds_no_images_all_images_are_old()
    {
        _lab.Computer.Write("/etc/os-release", "ID=fedora\n");
        string name = Path.GetFileName(Directory.GetDirectories(_lab.Computer.Paths.Images).Single());
        _lab.Grid.Deployments.Delete(1003);

        Assert.That(_lab.Run("prune").Removed, Is.EqualTo(new[] { $"image {name}" }));
    }

    [Test]
    public void Under_systemd_the_cgroups_are_its_own()
    {
        _lab.Computer.MakeFolder("/run/systemd/system");
        _lab.Computer.MakeFolder("/sys/fs/cgroup/memory/tfl-v91");

        Assert.That(_lab.Run("prune").Removed, Is.Empty);
    }

    // As root: their folder of secrets is closed to all others.
    [Test]
    public void Status_lists_what_every_user_may_see_and_names_what_only_root_may_read()
    {
        File.SetUnixFileMode(_lab.Computer.Root, (UnixFileMode)0b111_101_101);
        _lab.Computer.MakeFolder("/grid/machines/tfl-v90");
        _lab.Computer.Write("/grid/secrets/network-96.json", "");
        Assert.That(_lab.Run("status").Json.TryGetProperty("only_for_root", out _), Is.False, "root reads all");
        File.SetUnixFileMode(_lab.Computer.Paths.Secrets, UnixFileMode.None);

        ControlLab.Result result = FilesAsNobody.Run(() => _lab.Run("status"));

        File.SetUnixFileMode(_lab.Computer.Paths.Secrets, (UnixFileMode)0b111_000_000);
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(
            result.Json.GetProperty("leftovers").EnumerateArray().Select(each => each.GetString()),
            Is.EqualTo(new[] { "machine tfl-v90" }));
        Assert.That(
            result.Json.GetProperty("only_for_root").EnumerateArray().Select(each => each.GetString()),
            Is.EqualTo(new[] { _lab.Computer.Paths.Secrets }));
        Assert.That(
            result.Errors,
            Is.EqualTo($"leftovers in {_lab.Computer.Paths.Secrets} are not listed: only root may look there (run this with sudo)\n"));
    }

    [Test]
    public void Prune_takes_what_it_cannot_read_for_an_error()
    {
        File.SetUnixFileMode(_lab.Computer.Root, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_lab.Computer.Paths.Secrets, UnixFileMode.None);

        Exception? problem = FilesAsNobody.Run(() =>
        {
            try
            {
                new Leftovers(_lab.Computer.Paths, _lab.Computer.Computer).Find(_lab.World);
                return null;
            }
            catch (UnauthorizedAccessException refused)
            {
                return refused;
            }
        });

        File.SetUnixFileMode(_lab.Computer.Paths.Secrets, (UnixFileMode)0b111_000_000);
        Assert.That(problem?.Message, Does.Contain(_lab.Computer.Paths.Secrets));
    }
}
