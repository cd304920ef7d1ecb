using System.Globalization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The command lines that start a machine.</summary>
internal static class NspawnCommand
{
    // 133: the guest asked for a reboot. The shell joins the cgroups first, so that everything it starts is in them.
    private const string Supervisor =
        """
        exec </dev/null >"$1" 2>&1
        pidfile=$2 groups=$3; shift 3
        for group in $groups; do echo $$ >"$group/cgroup.procs"; done
        echo $$ >"$pidfile.new" && mv "$pidfile.new" "$pidfile"
        status=133
        while [ $status = 133 ]; do "$@"; status=$?; done
        echo "systemd-nspawn ended with exit code $status"
        """;

    public static IReadOnlyList<string> Detached(
        VmRecord vm, VmPaths paths, IReadOnlyList<string> cgroups, IReadOnlyList<string> nspawn) =>
    [
        "setsid", "--fork", "env", "SYSTEMD_NSPAWN_LOCK=0", "SYSTEMD_NSPAWN_API_VFS_WRITABLE=network",
        "sh", "-c", Supervisor, vm.Machine, paths.Console, paths.PidFile, string.Join(' ', cgroups),
        .. nspawn,
    ];

    /// <summary>If systemd is PID 1, a machine is a transient unit. Elsewhere, --keep-unit is refused.</summary>
    public static IReadOnlyList<string> Unit(VmRecord vm, VmPaths paths, IReadOnlyList<string> nspawn) =>
    [
        "systemd-run", $"--unit={vm.Machine}", "--collect", "--quiet",
        "-p", "Delegate=yes", "-p", "KillMode=mixed", "-p", "RestartForceExitStatus=133", "-p", "SuccessExitStatus=133",
        "-p", "TasksMax=infinity",
        // As in Cgroups. "closed" has what every container has.
        "-p", "DevicePolicy=closed", "-p", "DeviceAllow=char-* m", "-p", "DeviceAllow=block-* m",
        "-p", "DeviceAllow=/dev/net/tun rwm", "-p", "DeviceAllow=/dev/fuse rwm",
        "-p", $"MemoryMax={vm.MemoryMb}M", "-p", string.Create(CultureInfo.InvariantCulture, $"CPUQuota={vm.Cpu * 100}%"),
        "-p", $"StandardOutput=file:{paths.Console}", "-p", $"StandardError=file:{paths.Console}",
        "-E", "SYSTEMD_NSPAWN_LOCK=0", "-E", "SYSTEMD_NSPAWN_API_VFS_WRITABLE=network",
        .. nspawn,
    ];

    /// <param name="boots">False for an injected fault: the guest's init never starts.</param>
    public static IReadOnlyList<string> Nspawn(VmRecord vm, VmPaths paths, IEnumerable<string> binds, bool boots) =>
    [
        "systemd-nspawn", "--quiet", $"--machine={vm.Machine}", $"--directory={paths.Root}", $"--hostname={vm.Name.Replace('_', '-')}",
        "--register=no", "--keep-unit", "--console=pipe", "--link-journal=no", "--resolv-conf=off", "--timezone=off",
        $"--network-namespace-path=/run/netns/{vm.Machine}", "--capability=CAP_NET_ADMIN,CAP_NET_RAW",
        // Containers in the machine: runc makes a keyring for each, and on cgroup v2 limits devices with a program for the kernel.
        "--system-call-filter=add_key keyctl bpf",
        .. binds,
        .. boots ? ["--boot"] : new[] { "/bin/sleep", "infinity" },
    ];

    public static string Bind(string path) => $"--bind={Escape(path)}";

    public static string Bind(string source, string target) => $"--bind={Escape(source)}:{Escape(target)}";

    private static string Escape(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
