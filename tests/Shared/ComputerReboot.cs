using System.Diagnostics;

namespace TfgridCompose.Tests.Shared;

/// <summary>
/// Takes away what a reboot of this computer takes from the local grid: processes, namespaces, links, mounts, cgroups and rules. Files
/// stay. The tests that use it are exclusive, because it does so with all machines.
/// </summary>
internal static class ComputerReboot
{
    private const string Place = "/var/lib/tfgrid-localgrid";
    private const string AnotherBoot = "00000000-1111-2222-3333-444444444444";

    // The arguments are the tunnels of this computer. Killed processes may start others until none is left.
    private const string Script = """
        tries=100
        while pids=$(find /sys/fs/cgroup -path '*/tfl-v*' -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u) && [ -n "$pids" ]; do
          kill -KILL $pids 2>/dev/null
          [ $((tries -= 1)) -gt 0 ] || exit 1
          sleep 0.05
        done
        for tunnel in "$@"; do ip link del "$tunnel"; done
        rm -f /run/wireguard/tfl-w*.sock
        for name in $(ls /run/netns | grep '^tfl-'); do ip netns del "$name"; done
        for name in $(ls /sys/class/net | grep '^tfl-'); do ip link del "$name" 2>/dev/null; done
        nft delete table ip tfl
        nft delete table inet tfl
        findmnt -rn -o TARGET | grep '^/var/lib/tfgrid-localgrid/' | sort -r | while read -r at; do umount "$at" || umount -l "$at"; done
        find /sys/fs/cgroup -depth -type d -path '*/tfl-v*' -exec rmdir {} + 2>/dev/null
        rm -rf /run/systemd/nspawn/propagate/tfl-v*
        ls -d /run/netns/tfl-* /sys/class/net/tfl-* /sys/fs/cgroup/tfl-v* /sys/fs/cgroup/*/tfl-v* 2>/dev/null
        findmnt -rn -o TARGET | grep '^/var/lib/tfgrid-localgrid/'
        exit 0
        """;

    public static void TakeAway(params string[] tunnels)
    {
        var info = new ProcessStartInfo("sh", ["-c", Script, "reboot", .. tunnels])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string left = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That((process.ExitCode, left), Is.EqualTo((0, "")), errors.Result);
        ChangeBoot();
    }

    // The kernel's number of this boot is the same as before, so the records get the number of another one.
    private static void ChangeBoot()
    {
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        string world = Path.Combine(Place, "world.json");
        using var held = new FileStream(Path.Combine(Place, "world.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        string text = File.ReadAllText(world);
        Assert.That(text, Does.Contain(boot));
        File.WriteAllText(world, text.Replace(boot, AnotherBoot, StringComparison.Ordinal));
    }
}
