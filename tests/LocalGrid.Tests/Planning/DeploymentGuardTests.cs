using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Planning;

/// <summary>Requests that a provider of ours would not send: whoever may run the engine as root writes them by hand.</summary>
public sealed class DeploymentGuardTests
{
    private static readonly DeploymentSpec Good = new()
    {
        Name = "vm",
        Node = 1,
        NetworkName = "net",
        Disks = [new DiskSpec("data", 1)],
        Vms =
        [
            Worlds.Vm() with
            {
                Environment = new() { ["SSH_KEY"] = "ssh-ed25519 A\nssh-ed25519 B\n", ["app.name"] = "\"quoted\" $x" },
                Mounts = [new MountSpec("data", "/data")],
            },
        ],
    };

    [Test]
    public void A_usual_request_passes() => Assert.That(() => DeploymentGuard.Check(Good), Throws.Nothing);

    [TestCase("")]
    [TestCase("../up")]
    [TestCase("a b")]
    [TestCase("one\n")]
    [TestCase("a\0")]
    [TestCase("-x")]
    public void Names_of_machines_and_disks_are_letters_digits_and_underscores(string name)
    {
        MustRefuse(Good with { Vms = [Worlds.Vm(name)] }, "Invalid name");
        MustRefuse(Good with { Disks = [new DiskSpec(name, 1)] }, "Invalid name");
    }

    [TestCase("")]
    [TestCase("rough")]
    [TestCase("../harsh")]
    public void A_profile_is_one_of_two(string profile) => MustRefuse(Good with { Profile = profile }, "Invalid profile");

    [Test]
    public void Names_of_the_deployment_are_lines()
    {
        MustRefuse(Good with { Name = "line\nbreak" }, "Invalid name");
        MustRefuse(Good with { SolutionType = "\u001b[2J" }, "Invalid name");
        MustRefuse(Good with { NetworkName = new string('n', 256) }, "Invalid name");
    }

    [Test]
    public void What_zos_refuses_is_refused() => MustRefuse(
        Good with { Vms = [Worlds.Vm("data")] },
        "couldn't deploy deployment with error: invalid deployment: multiple workloads with the same name 'data'");

    [TestCase("data")]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("//")]
    [TestCase("/etc")]
    [TestCase("/etc/")]
    [TestCase("/usr")]
    [TestCase("/proc/sys/kernel")]
    [TestCase("/sys")]
    [TestCase("/run/netns")]
    [TestCase("/dev/shm")]
    [TestCase("/data/../etc")]
    [TestCase("/..")]
    [TestCase("/data/.")]
    [TestCase("/data//x")]
    [TestCase("/data\n/x")]
    [TestCase("/data\0")]
    public void A_disk_lies_at_a_folder_of_its_own(string path) =>
        MustRefuse(With(vm => vm with { Mounts = [new MountSpec("data", path)] }), "Invalid mount");

    [TestCase("/data")]
    [TestCase("/data/")]
    [TestCase("/var/lib/docker")]
    [TestCase("/usr/local")]
    [TestCase("/srv/a b:c")]
    [TestCase("/home/..hidden")]
    public void A_disk_may_be_at_any_other_folder(string path) => Assert.That(
        () => DeploymentGuard.Check(With(vm => vm with { Mounts = [new MountSpec("data", path)] })),
        Throws.Nothing);

    [Test]
    public void A_mount_is_of_a_disk_that_there_is_and_alone_at_its_place()
    {
        MustRefuse(With(vm => vm with { Mounts = [new MountSpec("other", "/data")] }), "Invalid mount");
        MustRefuse(With(vm => vm with { Mounts = [new("data", "/data"), new("data", "/data/")] }), "Invalid mount");
        MustRefuse(With(vm => vm with { Mounts = [null!] }), "Invalid mount");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(10241)]
    [TestCase(int.MaxValue)]
    public void A_disk_has_a_size(int size) => MustRefuse(Good with { Disks = [new DiskSpec("data", size)] }, "Invalid size");

    [TestCase(0, 1024, 0, "Invalid cpu")]
    [TestCase(33, 1024, 0, "Invalid cpu")]
    [TestCase(1, -1024, 0, "Invalid memory")]
    [TestCase(1, long.MaxValue, 0, "Invalid memory")]
    [TestCase(1, 1024, -1, "Invalid rootfs_size")]
    [TestCase(1, 1024, long.MaxValue, "Invalid rootfs_size")]
    public void A_machine_has_sizes_that_do_not_overflow(int cpu, long memory, long rootfs, string summary) =>
        MustRefuse(With(vm => vm with { Cpu = cpu, MemoryMb = memory, RootfsMb = rootfs }), summary);

    [TestCase("", "x")]
    [TestCase("A=B", "x")]
    [TestCase("A\nB", "x")]
    [TestCase("A\0", "x")]
    [TestCase("SSH_KEY", "a\0b")]
    [TestCase("A", null)]
    public void A_variable_has_a_name_and_a_value_without_nul(string name, string? value) =>
        MustRefuse(With(vm => vm with { Environment = new() { [name] = value! } }), "Invalid env_vars");

    [TestCase("10.1.2.5\nnetns add x")]
    [TestCase("\u0000")]
    public void An_address_is_one_line(string ip) => MustRefuse(With(vm => vm with { Ip = ip }), "Invalid ip");

    [TestCase("0102030405")]
    [TestCase("01020304050g")]
    [TestCase("010203040506\n")]
    public void A_seed_is_six_bytes(string seed) => MustRefuse(With(vm => vm with { MyceliumSeed = seed }), "Invalid mycelium_ip_seed");

    [Test]
    public void Texts_have_a_limit_and_no_nul()
    {
        MustRefuse(With(vm => vm with { Flist = "a\0" }), "Invalid text");
        MustRefuse(With(vm => vm with { Entrypoint = new string('x', 65537) }), "Invalid text");
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_million_machines_are_refused_at_once()
    {
        MustRefuse(Good with { Vms = [.. Enumerable.Range(0, 1_000_000).Select(i => Worlds.Vm($"vm{i}"))] }, "Invalid deployment");
        MustRefuse(Good with { Disks = [.. Enumerable.Range(0, 1000).Select(i => new DiskSpec($"d{i}", 1))] }, "Invalid deployment");
    }

    [Test]
    public void Nothing_is_null()
    {
        MustRefuse(Good with { Vms = [null!] }, "Invalid vms");
        MustRefuse(Good with { Disks = [null!] }, "Invalid disks");
    }

    private static DeploymentSpec With(Func<VmSpec, VmSpec> change) => Good with { Vms = [change(Good.Vms[0])] };

    private static void MustRefuse(DeploymentSpec spec, string summary)
    {
        GridException refused = Assert.Throws<GridException>(() => DeploymentGuard.Check(spec))!;
        Assert.That(refused.Summary, Is.EqualTo(summary));
        Assert.That(refused.Message.Where(char.IsControl), Is.Empty, "it can be shown");
    }
}
