"""Backends in and out of service."""

import time

import probe
import waiting
from locks import held

WELL_LIMIT = 60
PAUSE = 0.2


def show(balancer):
    rows = [("SERVICE", "BACKEND", "ADDRESS", "STATE", "DETAIL")]
    rows += [(state.service, state.backend, state.address, state.state, state.detail) for state in balancer.states()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[4]]).rstrip())
    return 0


def check(balancer):
    """One line, for it is shown among others."""
    bad = [state for state in balancer.states() if state.state != "up"]
    print("; ".join(f"{state.backend} does not serve {state.service} ({state.state}): {state.detail}" for state in bad) or "every backend serves")
    if any(state.state == "out" for state in bad):
        print("what is out of service and well comes back with `tfgrid-compose ready BACKEND`, and with the next `up` that installs the app there")
    return 1 if bad else 0


def drain(config, balancer, name, even_last):
    if not config.has(name):
        return unknown(config, name, is_fine=even_last)
    if not balancer.runs():
        print(f"{config.balancer} does not run: {name} serves nobody")
        return 0
    with held("gateway"):
        if not even_last:
            require_another(config, balancer, name)
        balancer.take_out(name)
    end = time.monotonic() + config.drain_timeout
    while (left := balancer.connections(name)) > 0 and time.monotonic() < end:
        time.sleep(PAUSE)
    print(f"{name} is out of service" + (f"; {left} connections did not end within {config.drain_timeout} s" if left else ""))
    if not any(state.state == "up" for state in balancer.states()):
        print("no backend serves now")
    return 0


def unknown(config, name, is_fine):
    """Where a deployment is changed, one that this gateway never heard of has nothing to lose."""
    print(f"{name} is no backend of this gateway; they are {', '.join(backend.name for backend in config.backends)}")
    return 0 if is_fine else 1


def require_another(config, balancer, name):
    """The last one that serves stays. One that is alone by the manifest's wish may go: nothing else could be meant."""
    up = [(state.service, state.backend) for state in balancer.states() if state.state == "up"]
    for service in config.services if len(config.backends) > 1 else []:
        if (service.name, name) in up and not any(of == service.name and backend != name for of, backend in up):
            raise RuntimeError(f"{name} is the only backend that serves {service.name}, so it stays in service; mend another first (`tfgrid-compose backends`), or add --even-last")


def ready(config, balancer, name):
    if not config.has(name):
        return unknown(config, name, is_fine=False)
    backend = next(known for known in config.backends if known.name == name)
    if reasons := probe.until_well(config, backend, WELL_LIMIT):
        raise RuntimeError(f"{name} is not well after {WELL_LIMIT} s and gets no requests: {'; '.join(reasons)}")
    with held("gateway"):
        balancer.put_back(name)
    waiting.until(lambda: balancer.serves(name), f"{config.balancer} to send requests to {name}, which answers", WELL_LIMIT)
    print(f"{name} is in service")
    return 0


def put_back_well(config, balancer):
    """What an interrupted run left out of service, where nothing speaks against it. Whether there was any."""
    out = balancer.out()
    well = [backend.name for backend in config.backends if backend.name in out and not probe.reasons(config, backend)]
    for name in well:
        balancer.put_back(name)
    return bool(well)
