using System.Security.Cryptography;
using System.Text;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>How the machines' root file system is built. Its hash is the image's name, so a new recipe gives a new image.</summary>
/// <param name="Suite">bookworm, for example.</param>
/// <param name="Sources">Files with sources of packages.</param>
/// <param name="IsHarsh">Whether it is for machines of the profile harsh.</param>
internal sealed record ImageRecipe(string Suite, IReadOnlyList<string> Sources, bool IsHarsh)
{
    private static readonly string[] Packages =
    [
        "systemd", "systemd-sysv", "dbus", "libpam-systemd", "openssh-server", "python3", "python3-apt", "iproute2",
        "iputils-ping", "nftables", "iptables", "curl", "ca-certificates", "sudo", "procps", "netbase", "kmod", "less",
    ];

    // A real machine lacks it, too. Here it stays, because to install it takes longer than the rest of many tests.
    private const string NotInHarsh = "nftables";

    // What is left of the lists of packages is as old as a machine's image: of a few packages, versions that no mirror has any more.
    // Their hashes are others than those of today's lists, because apt fetches no list whose hash it has.
    private const string OldLists =
        """
        cd "$1/var/lib/apt/lists"
        for list in *_Packages; do
          awk -v RS= -v ORS='\n\n' '/^Package: (build-essential|curl|docker.io|git|haproxy|nftables|nginx-light|wget)\n/ {
            sub(/\nVersion: [^\n]*/, "&~old"); sub(/\nFilename: pool/, "\nFilename: old"); print }' "$list" >old
          mv old "$list"
        done
        sed -i -e 's/^Date: .*/Date: Tue, 14 May 2024 10:00:00 UTC/' -e 's/^ [0-9a-f]\{8\}/ 00000000/' *_InRelease
        touch -d 2024-05-14 *_Packages *_InRelease
        """;

    // Units that touch the kernel or wait for hardware, and timers that would take apt's lock at any time.
    private static readonly string[] Masked =
    [
        "systemd-udevd.service", "systemd-udevd-control.socket", "systemd-udevd-kernel.socket", "systemd-udev-trigger.service",
        "systemd-modules-load.service", "systemd-networkd-wait-online.service", "console-getty.service", "sys-kernel-debug.mount",
        "sys-kernel-tracing.mount", "sys-kernel-config.mount", "sys-fs-fuse-connections.mount", "dev-hugepages.mount",
        "dev-mqueue.mount", "proc-sys-fs-binfmt_misc.automount", "systemd-binfmt.service", "apt-daily.timer",
        "apt-daily-upgrade.timer", "e2scrub_all.timer", "fstrim.timer", "systemd-remount-fs.service",
    ];

    private static readonly string[] SourceFiles =
        ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list.d/ubuntu.sources", "/etc/apt/sources.list"];

    /// <summary>The computer's own distribution, from the mirrors that it uses itself.</summary>
    public static ImageRecipe Of(Computer computer, string profile)
    {
        var release = ImageRelease.Of(computer);
        IReadOnlyList<string> sources = SourcesOf(computer);
        bool isKnown = release.Id is "debian" or "ubuntu" && sources.Count > 0;
        return isKnown && release.Suite is { } suite
            ? new ImageRecipe(suite, sources, profile == MachineProfile.Harsh)
            : throw new GridException(
                "No base image for this distribution",
                "the local grid builds Debian or Ubuntu machines from this computer's own apt sources, "
                    + $"and this is {release.Id}. Use a Debian or Ubuntu computer, or a paid grid");
    }

    /// <summary>This computer's files with sources of packages.</summary>
    public static IReadOnlyList<string> SourcesOf(Computer computer) =>
        [.. SourceFiles.Select(computer.At).Where(file => File.Exists(file) && File.ReadLines(file).Any(IsSource))];

    public string Hash
    {
        get
        {
            string text = string.Join('\n', [.. Arguments("TARGET"), .. Sources.Select(File.ReadAllText)]);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
        }
    }

    public IReadOnlyList<string> Arguments(string target) =>
    [
        "mmdebstrap", "--mode=root", "--variant=minbase", "--format=directory",
        "--aptopt=Acquire::Languages \"none\"",
        "--aptopt=Apt::Install-Recommends \"false\"",
        "--aptopt=APT::Keep-Downloaded-Packages \"true\"",
        "--dpkgopt=path-exclude=/usr/share/man/*",
        "--dpkgopt=path-exclude=/usr/share/doc/*",
        "--dpkgopt=path-exclude=/usr/share/locale/*",
        "--dpkgopt=force-unsafe-io",
        $"--include={string.Join(',', Packages.Where(package => !IsHarsh || package != NotInHarsh))}",
        "--customize-hook=rm -f \"$1\"/etc/ssh/ssh_host_*",
        "--customize-hook=printf 'uninitialized\\n' > \"$1\"/etc/machine-id",
        $"--customize-hook=chroot \"$1\" systemctl mask {string.Join(' ', Masked)}",
        "--customize-hook=mkdir -p \"$1\"/etc/systemd/journald.conf.d; "
            + "printf '[Journal]\\nStorage=volatile\\n' > \"$1\"/etc/systemd/journald.conf.d/volatile.conf",
        "--customize-hook=mkdir -p \"$1\"/root/.ssh; chmod 700 \"$1\"/root/.ssh",
        .. IsHarsh ? [$"--customize-hook={OldLists}", "--skip=cleanup/apt/lists"] : Array.Empty<string>(),
        Suite, target, .. Sources,
    ];

    private static bool IsSource(string line) =>
        line.StartsWith("deb ", StringComparison.Ordinal) || line.StartsWith("URIs:", StringComparison.Ordinal);
}
