namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// With cgroup v1, systemd-nspawn mounts all controllers read-only in the machine. On a real node they are the machine's own, and
/// containers need them. A unit makes them writable; what the machine sees as their root is its own group (<see cref="Cgroups"/>).
/// </summary>
internal static class GuestGroups
{
    public const string Name = "tfl-cgroups.service";
    public const string Target = "sysinit.target";

    public const string Unit =
        """
        [Unit]
        Description=Writable control groups
        DefaultDependencies=no
        Before=sysinit.target shutdown.target
        Conflicts=shutdown.target

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/bin/sh -ec 'while read -r _ at type options _; do \
          case "$$type $$options" in "cgroup ro"*) mount -o remount,bind,rw,nosuid,nodev,noexec none "$$at" ;; esac; done </proc/mounts'

        """;
}
