using System.Text.Json;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Containers in a machine: the distribution's Docker, podman and containerd, with an image made on the machine.</summary>
[Category("Machines")]
public sealed class ContainerTests
{
    private const string Port = "8080";
    private const string SixtyFour = "67108864"; // bytes

    // Overlay file systems cannot lie on the machine's root, which is one; a disk is ext4.
    private const string Machine = """
        resource "grid_network" "net" {
          name     = "PREFIX"
          nodes    = [1]
          ip_range = "RANGE"
        }
        resource "grid_deployment" "vm" {
          name         = "PREFIX"
          node         = 1
          network_name = grid_network.net.name
          dynamic "disks" {
            for_each = ["docker", "containers", "containerd"]
            content {
              name = disks.value
              size = 1
            }
          }
          vms {
            name     = "vm"
            flist    = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            cpu      = 2
            memory   = 1024
            publicip = true
            dynamic "mounts" {
              for_each = ["docker", "containers", "containerd"]
              content {
                name        = mounts.value
                mount_point = "/var/lib/${mounts.value}"
              }
            }
          }
        }
        output "ip" { value = split("/", grid_deployment.vm.vms[0].computedip)[0] }
        """;

    // An image of the machine's own programs; it needs no registry.
    private const string Install = """
        set -e
        export DEBIAN_FRONTEND=noninteractive
        for try in 1 2 3; do apt-get -q update && break; sleep 2; done
        apt-get -q -y --no-install-recommends install docker.io podman iptables busybox-static
        mkdir -p /image/bin /image/srv
        cp /bin/busybox /image/bin/
        echo hello >/image/srv/index.html
        tar -C /image -c . >/image.tar
        docker import /image.tar small
        podman import /image.tar small
        docker save small >/saved.tar
        ctr images import /saved.tar
        """;

    [Test]
    public void Containers_run_obey_their_limits_and_stay_in_the_machine()
    {
        using var lab = new TerraformLab(Machine);
        lab.Apply();
        string machine = lab.Vms()["vm"].GetProperty("machine").GetString()!;
        string Run(string script) => Guest.Run(lab, machine, script).Trim();
        Run(Install);

        const string Limit = "/bin/busybox cat /sys/fs/cgroup/memory/memory.limit_in_bytes";
        Assert.That(Run("docker info --format '{{.Driver}}'"), Is.EqualTo("overlay2"));
        Assert.That(Run($"docker run --rm -m 64m small {Limit}"), Is.EqualTo(SixtyFour));
        Assert.That(Run($"podman run --rm -m 64m small {Limit}"), Is.EqualTo(SixtyFour));
        Assert.That(Run("ctr run --rm docker.io/library/small:latest one /bin/busybox echo runs"), Is.EqualTo("runs"));

        // From this computer, through the machine's public address.
        Run($"docker run --detach --publish {Port}:80 small /bin/busybox httpd -f -h /srv");
        Assert.That(lab.Run("curl", ["-sS", "--retry", "5", "--retry-connrefused", "--max-time", "20", $"http://{Address(lab)}:{Port}/"]),
            Is.EqualTo("hello\n"));

        AssertOwnGroups(machine, Run);

        // A disk of this computer. systemd starts the program, because nsenter's are not in the machine's groups.
        string[] disk = File.ReadLines("/proc/partitions").Skip(2).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string read = Run($"mknod /disk b {disk[0]} {disk[1]}; systemd-run --quiet --wait --pipe head -c 1 /disk 2>&1 || true");
        Assert.That(read, Does.Contain("Operation not permitted"));
    }

    // Whatever the machine does to the groups that it sees, it does to its own on this computer.
    private static void AssertOwnGroups(string machine, Func<string, string> run)
    {
        string[] hierarchies = [.. new DirectoryInfo("/sys/fs/cgroup").EnumerateDirectories()
            .Where(hierarchy => hierarchy.LinkTarget is null).Select(hierarchy => hierarchy.Name)];
        run("for each in /sys/fs/cgroup/*/; do mkdir ${each}tfl-mark; done");

        string[] outside = [.. hierarchies
            .Where(hierarchy => Directory.Exists($"/sys/fs/cgroup/{hierarchy}/tfl-mark")
                || Directory.GetDirectories($"/sys/fs/cgroup/{hierarchy}/{machine}", "tfl-mark", SearchOption.AllDirectories).Length != 1)];
        Assert.That(outside, Is.Empty);
    }

    private static string Address(TerraformLab lab) => lab.Output("ip").GetString()!;
}
