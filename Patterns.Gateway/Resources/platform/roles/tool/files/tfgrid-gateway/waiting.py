"""Waits, each with its limit."""

import time

PAUSE = 0.05


def until(holds, what, limit=30):
    end = time.monotonic() + limit
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {limit} s for {what}")
        time.sleep(PAUSE)
