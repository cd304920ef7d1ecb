using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ImageRecipeTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    private ImageRecipe Recipe => ImageRecipe.Of(_computer.Computer, MachineProfile.Usual);

    public void Dispose() => _computer.Dispose();

    /// <summary>A machine creates its own host key. With a key in the image, all machines would have the same.</summary>
    [Test]
    public void The_image_is_made_from_the_computers_own_release_and_sources_without_host_keys() =>
        Assert.That(Recipe.Arguments("/images/x.tmp"), Is.EqualTo(new[]
        {
            "mmdebstrap",
            "--mode=root",
            "--variant=minbase",
            "--format=directory",
            "--aptopt=Acquire::Languages \"none\"",
            "--aptopt=Apt::Install-Recommends \"false\"",
            "--aptopt=APT::Keep-Downloaded-Packages \"true\"",
            "--dpkgopt=path-exclude=/usr/share/man/*",
            "--dpkgopt=path-exclude=/usr/share/doc/*",
            "--dpkgopt=path-exclude=/usr/share/locale/*",
            "--dpkgopt=force-unsafe-io",
            "--include=systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,python3,python3-apt,iproute2,iputils-ping,"
                + "nftables,iptables,curl,ca-certificates,sudo,procps,netbase,kmod,less",
            "--customize-hook=rm -f \"$1\"/etc/ssh/ssh_host_*",
            "--customize-hook=printf 'uninitialized\\n' > \"$1\"/etc/machine-id",
            "--customize-hook=chroot \"$1\" systemctl mask systemd-udevd.service systemd-udevd-control.socket "
                + "systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-modules-load.service "
                + "systemd-networkd-wait-online.service console-getty.service sys-kernel-debug.mount sys-kernel-tracing.mount "
                + "sys-kernel-config.mount sys-fs-fuse-connections.mount dev-hugepages.mount dev-mqueue.mount "
                + "proc-sys-fs-binfmt_misc.automount systemd-binfmt.service apt-daily.timer apt-daily-upgrade.timer "
                + "e2scrub_all.timer fstrim.timer systemd-remount-fs.service",
            "--customize-hook=mkdir -p \"$1\"/etc/systemd/journald.conf.d; "
                + "printf '[Journal]\\nStorage=volatile\\n' > \"$1\"/etc/systemd/journald.conf.d/volatile.conf",
            "--customize-hook=mkdir -p \"$1\"/root/.ssh; chmod 700 \"$1\"/root/.ssh",
            "bookworm",
            "/images/x.tmp",
            _computer.In("/etc/apt/sources.list.d/debian.sources"),
        }));

    /// <summary>Machines of the real grid have neither nftables nor lists of today's packages.</summary>
    [Test]
    public void A_harsh_image_lacks_a_package_and_has_old_lists()
    {
        var harsh = ImageRecipe.Of(_computer.Computer, MachineProfile.Harsh);

        IReadOnlyList<string> usual = Recipe.Arguments("/x");
        string[] more = [.. harsh.Arguments("/x").Except(usual)];
        Assert.That(usual.Except(harsh.Arguments("/x")).Single(), Does.StartWith("--include="));
        Assert.That(more[0], Does.StartWith("--include=systemd,").And.Not.Contain("nftables"));
        Assert.That(more[1], Does.StartWith("--customize-hook=cd \"$1/var/lib/apt/lists\"\n"));
        Assert.That(more[2..], Is.EqualTo(new[] { "--skip=cleanup/apt/lists" }));
        Assert.That(harsh.Hash, Is.Not.EqualTo(Recipe.Hash));
    }

    [Test]
    public void Another_release_or_other_sources_make_another_image()
    {
        string first = Recipe.Hash;
        Assert.That(first, Has.Length.EqualTo(12).And.EqualTo(Recipe.Hash));

        _computer.Write("/etc/apt/sources.list.d/debian.sources", "URIs: http://other.example/debian\n");
        string second = Recipe.Hash;
        _computer.Write("/etc/os-release", "ID=debian\nVERSION_CODENAME=trixie\n");

        Assert.That(new[] { first, second, Recipe.Hash }, Is.Unique);
    }

    [Test]
    public void Sources_are_the_usual_files_that_name_a_mirror()
    {
        _computer.Write("/etc/os-release", "ID=\"ubuntu\"\nVERSION_CODENAME=noble\n");
        _computer.Write("/etc/apt/sources.list.d/ubuntu.sources", "# URIs: nothing\n");
        _computer.Write("/etc/apt/sources.list", "# old style\ndeb http://mirror.example/ubuntu noble main\n");

        Assert.That(Recipe.Suite, Is.EqualTo("noble"));
        Assert.That(
            Recipe.Sources,
            Is.EqualTo(new[] { _computer.In("/etc/apt/sources.list.d/debian.sources"), _computer.In("/etc/apt/sources.list") }));
    }

    [TestCase("ID=fedora\nVERSION_CODENAME=x\n", "this is fedora")]
    [TestCase("ID=debian\n", "this is debian")]
    public void Another_distribution_is_refused(string release, string message)
    {
        _computer.Write("/etc/os-release", release);

        Assert.That(() => Recipe, Throws.TypeOf<GridException>().With.Message.Contains(message));
    }

    [Test]
    public void A_computer_without_a_source_is_refused()
    {
        _computer.Remove("/etc/apt/sources.list.d/debian.sources");

        Assert.That(() => Recipe, Throws.TypeOf<GridException>());
    }
}
