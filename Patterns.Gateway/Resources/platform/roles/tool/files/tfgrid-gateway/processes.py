"""When a process started, and whether files are newer."""

import os
import time

import files


def started(process):
    """Seconds since the epoch.

    Field 22 of /proc/PID/stat counts ticks since boot: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    """
    text = files.read(f"/proc/{process}/stat") or ""
    if not text:
        return 0.0
    ticks = int(text.rsplit(")", 1)[1].split()[19])
    uptime = float((files.read("/proc/uptime") or "0").split()[0])
    return time.time() - (uptime - ticks / os.sysconf("SC_CLK_TCK"))


def is_older(process, paths):
    """Whether one of the files was written after the process started."""
    times = [os.stat(path).st_mtime for path in paths if os.path.exists(path)]
    return max(times, default=0) > started(process)
