using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GuestFilesTests : IDisposable
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode SecretFolder = Secret | UnixFileMode.UserExecute;

    private const UnixFileMode Readable = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Folder = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FakeComputer _computer = new();

    private GuestFiles Files => new(_computer.In("/upper"), _computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_guest_has_a_name_an_identity_the_name_servers_and_its_owners_key()
    {
        Write(Worlds.Vm("my_vm") with { Environment = new() { ["SSH_KEY"] = " ssh-ed25519 AAAA me \n" } });

        Assert.That(_computer.Read("/upper/etc/hostname"), Is.EqualTo("my-vm\n"));
        Assert.That(_computer.Read("/upper/etc/hosts"), Is.EqualTo("127.0.0.1 localhost\n127.0.1.1 my-vm\n::1 localhost ip6-localhost\n"));
        Assert.That(_computer.Read("/upper/etc/resolv.conf"), Is.EqualTo("nameserver 10.9.8.7\n"));
        Assert.That(_computer.Read("/upper/etc/machine-id"), Does.Match("^[0-9a-f]{32}\n$"));
        Assert.That(_computer.Read("/upper/root/.ssh/authorized_keys"), Is.EqualTo("ssh-ed25519 AAAA me\n"));
        Assert.That(_computer.Tools.Commands, Is.EqualTo(new[]
        {
            $"ssh-keygen -q -t ed25519 -N  -C  -f {_computer.In("/upper/etc/ssh/ssh_host_ed25519_key")}",
        }));
    }

    /// <summary>On the host, disks are mounted without setuid programs; in the machine they are as on a real node.</summary>
    [Test]
    public void A_guest_with_disks_gives_their_setuid_programs_back_to_them()
    {
        Write(Worlds.Vm() with { Mounts = [new("a", "/data"), new("b", "/srv/100% \"x\" $y")] });

        Assert.That(_computer.Read("/upper/etc/systemd/system/tfl-disks.service"), Does.Contain(
            "ExecStart=/bin/mount -o remount,bind,suid,dev \"/data\"\n"
                + "ExecStart=/bin/mount -o remount,bind,suid,dev \"/srv/100%% \\\"x\\\" $$y\"\n"));
        Assert.That(
            new FileInfo(_computer.In("/upper/etc/systemd/system/local-fs.target.wants/tfl-disks.service")).LinkTarget,
            Is.EqualTo("/etc/systemd/system/tfl-disks.service"));
    }

    /// <summary>systemd-nspawn mounts them read-only; containers in the machine need them.</summary>
    [Test]
    public void A_guest_makes_its_control_groups_writable()
    {
        Write(Worlds.Vm());

        Assert.That(_computer.Read("/upper/etc/systemd/system/tfl-cgroups.service"), Does.Contain("mount -o remount,bind,rw,"));
        Assert.That(
            new FileInfo(_computer.In("/upper/etc/systemd/system/sysinit.target.wants/tfl-cgroups.service")).LinkTarget,
            Is.EqualTo("/etc/systemd/system/tfl-cgroups.service"));
    }

    [Test]
    public void A_guest_without_disks_has_no_unit_for_them()
    {
        Write(Worlds.Vm());

        Assert.That(_computer.In("/upper/etc/systemd/system/tfl-disks.service"), Does.Not.Exist);
    }

    [Test]
    public void Values_are_for_every_login_but_those_of_several_lines_and_the_key()
    {
        Write(Worlds.Vm() with { Environment = new() { ["B"] = "2 3", ["A"] = "1", ["LONG"] = "a\nb", ["SSH_KEY"] = "k" } });

        Assert.That(_computer.Read("/upper/etc/environment"), Is.EqualTo("A=\"1\"\nB=\"2 3\"\n"));
    }

    [Test]
    public void Secrets_are_the_guests_roots_alone_and_the_rest_is_readable()
    {
        Write(Worlds.Vm());

        Assert.That(ModeOf("etc/environment"), Is.EqualTo(Secret));
        Assert.That(ModeOf("root/.ssh/authorized_keys"), Is.EqualTo(Secret));
        Assert.That(ModeOf("root/.ssh"), Is.EqualTo(SecretFolder));
        Assert.That(ModeOf("root"), Is.EqualTo(SecretFolder));
        Assert.That(ModeOf("etc"), Is.EqualTo(Folder));
        Assert.That(ModeOf("etc/ssh"), Is.EqualTo(Folder));
        Assert.That(ModeOf("etc/hosts"), Is.EqualTo(Readable));
    }

    [Test]
    public void A_host_key_that_is_there_is_kept()
    {
        _computer.Write("/upper/etc/ssh/ssh_host_ed25519_key", "kept");
        _computer.Write("/upper/etc/hostname", "old");

        Write(Worlds.Vm("new"));

        Assert.That(_computer.Read("/upper/etc/ssh/ssh_host_ed25519_key"), Is.EqualTo("kept"));
        Assert.That(_computer.Read("/upper/etc/hostname"), Is.EqualTo("new\n"));
        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    /// <summary>The patterns refresh lists before they install something, whatever the lists' age says.</summary>
    [Test]
    public void Lists_of_packages_look_new_and_are_empty()
    {
        Write(Worlds.Vm());

        Assert.That(_computer.Read("/upper/var/lib/apt/lists/localgrid_Packages"), Is.EqualTo("\n"));
        Assert.That(
            Directory.GetLastWriteTimeUtc(_computer.In("/upper/var/lib/apt/lists")),
            Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That(_computer.In("/upper/etc/systemd/system/timers.target.wants"), Does.Not.Exist);
    }

    [Test]
    public void Cloud_init_has_left_its_files()
    {
        Write(Worlds.Vm());

        Assert.That(_computer.Read("/upper/etc/netplan/50-cloud-init.yaml"), Is.EqualTo("""
            network:
              version: 2
              ethernets:
                eth0:
                  match: {macaddress: "02:01:0a:01:02:02"}
                  dhcp4: false
                  addresses: ["10.1.2.2/24"]
                  nameservers: {addresses: ["10.9.8.7"]}
                eth1:
                  match: {macaddress: "02:02:0a:01:02:02"}
                  dhcp4: false
                  addresses: ["203.0.113.10/32", "2001:db8:1::5/128"]
                eth2:
                  match: {macaddress: "02:03:0a:01:02:02"}
                  dhcp4: false
                  addresses: ["5a1:1:1:1:ff0f:1:2:3/64"]

            """));
        Assert.That(ModeOf("etc/netplan/50-cloud-init.yaml"), Is.EqualTo(Secret));
        Assert.That(_computer.Read("/upper/var/lib/cloud/data/instance-id"), Is.EqualTo("tfl-v5\n"));
        Assert.That(_computer.In("/upper/var/lib/cloud/instance/boot-finished"), Does.Exist);
    }

    [Test]
    public void A_harsh_guest_finds_no_names_has_old_lists_and_updates_itself_at_once()
    {
        Write(Worlds.Vm(), MachineProfile.Harsh);

        Assert.That(_computer.Read("/upper/etc/resolv.conf"), Does.StartWith("nameserver 127.0.0.53\n"));
        Assert.That(_computer.Read("/upper/etc/netplan/50-cloud-init.yaml"), Does.Contain("nameservers: {addresses: [\"10.9.8.7\"]}"));
        Assert.That(_computer.In("/upper/var/lib/apt/lists/localgrid_Packages"), Does.Not.Exist);
        Assert.That(Directory.GetLastWriteTimeUtc(_computer.In("/upper/var/lib/apt/lists")).Year, Is.EqualTo(2024));
        foreach (string timer in new[] { "apt-daily.timer", "apt-daily-upgrade.timer" })
        {
            Assert.That(
                new FileInfo(_computer.In($"/upper/etc/systemd/system/timers.target.wants/{timer}")).LinkTarget,
                Is.EqualTo($"/etc/systemd/system/{timer}"));
            Assert.That(_computer.Read($"/upper/etc/systemd/system/{timer}"), Does.Contain("OnActiveSec=0\n"));
        }

        Assert.That(
            _computer.Read("/upper/etc/systemd/system/apt-daily-upgrade.service.d/first.conf"),
            Does.Contain("/var/lib/dpkg/lock-frontend"));
    }

    private void Write(VmSpec vm, string profile = MachineProfile.Usual) =>
        Files.Write(vm, SampleNetworks.Machine with { Profile = profile }, SampleNetworks.First);

    private UnixFileMode ModeOf(string path) => File.GetUnixFileMode(_computer.In($"/upper/{path}"));
}
