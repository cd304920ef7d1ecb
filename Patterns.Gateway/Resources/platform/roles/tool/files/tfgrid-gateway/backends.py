"""Backends in and out of service."""

import time

import probe
import waiting

WELL_LIMIT = 60
PAUSE = 0.2


def show(config, balancer):
    rows = [("SERVICE", "BACKEND", "ADDRESS", "STATE", "DETAIL")]
    rows += [(state.service, state.backend, state.address, state.state, state.detail) for state in balancer.states()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[4]]).rstrip())
    return 0


def check(config, balancer):
    bad = [state for state in balancer.states() if state.state != "up"]
    for state in bad:
        print(f"{state.backend} does not serve {state.service} ({state.state}): {state.detail}")
    return 1 if bad else 0


def drain(config, balancer, name):
    if not config.has(name):
        print(f"{name} is no backend of this gateway: nothing to do")
        return 0
    balancer.take_out(name)
    end = time.monotonic() + config.drain_timeout
    while (left := balancer.connections(name)) > 0 and time.monotonic() < end:
        time.sleep(PAUSE)
    print(f"{name} is out of service" + (f"; {left} connections did not end within {config.drain_timeout} s" if left else ""))
    return 0


def ready(config, balancer, name, wait):
    if not config.has(name):
        print(f"{name} is no backend of this gateway: nothing to do")
        return 0
    backend = next(known for known in config.backends if known.name == name)
    if wait and (reasons := probe.until_well(config, backend, WELL_LIMIT)):
        raise RuntimeError(f"{name} is not well after {WELL_LIMIT} s and stays out of service: {'; '.join(reasons)}")
    balancer.put_back(name)
    if wait:
        waiting.until(lambda: balancer.serves(name), f"{config.balancer} to send requests to {name}, which answers", WELL_LIMIT)
    print(f"{name} is in service")
    return 0
