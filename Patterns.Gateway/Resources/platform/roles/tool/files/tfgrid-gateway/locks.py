"""Locks: one process at a time changes the balancer, and one at a time asks for certificates."""

import fcntl
import os
import sys
import time
from contextlib import contextmanager

FOLDER = "/var/lib/tfgrid-gateway"
LIMIT = 540
PAUSE = 0.05


@contextmanager
def held(name):
    handle = os.open(f"{FOLDER}/{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with open(handle, "r+", encoding="utf-8") as lock:
        end = time.monotonic() + LIMIT
        while not taken(lock):
            if time.monotonic() > end:
                holder = lock.read().strip()
                raise RuntimeError(f"`{holder}` has been running for over {LIMIT} s; if it hangs, stop it and retry")
            time.sleep(PAUSE)
        lock.truncate(0)
        lock.write(f"tfgrid-gateway {' '.join(sys.argv[1:])} (process {os.getpid()})\n")
        lock.flush()
        yield


def taken(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
