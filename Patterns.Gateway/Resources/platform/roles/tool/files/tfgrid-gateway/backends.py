"""Backends in and out of service."""

import time

import probe
import waiting
from locks import held

HEALTHY_LIMIT = 60
PAUSE = 0.2


def show(balancer):
    rows = [("SERVICE", "BACKEND", "ADDRESS", "STATE", "DETAIL")]
    rows += [(state.service, state.backend, state.address, state.state, state.detail) for state in balancer.states()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[4]]).rstrip())
    return 0


def check(balancer):
    """Prints one line, because it is shown among other checks."""
    bad = [state for state in balancer.states() if state.state != "up"]
    lines = [f"{state.backend} does not serve {state.service} ({state.state}): {state.detail}" for state in bad]
    print("; ".join(lines) or "every backend serves")
    if any(state.state == "out" for state in bad):
        print("put a healthy backend back into service with `tfgrid-compose ready BACKEND`;"
              " the next `up` that installs the app there does so too")
    return 1 if bad else 0


def drain(config, balancer, name, even_last):
    if not config.has(name):
        return unknown(config, name, is_fine=even_last)
    if not balancer.runs():
        print(f"{config.balancer} is not running, so {name} gets no requests")
        return 0
    with held("gateway"):
        if not even_last:
            require_another(config, balancer, name)
        balancer.take_out(name)
    end = time.monotonic() + config.drain_timeout
    while (left := balancer.connections(name)) > 0 and time.monotonic() < end:
        time.sleep(PAUSE)
    rest = f"; {left} connections did not end within {config.drain_timeout} s" if left else ""
    print(f"{name} is out of service{rest}")
    if not any(state.state == "up" for state in balancer.states()):
        print("no backend is in service now")
    return 0


def unknown(config, name, is_fine):
    """Fine before an apply: a backend that the gateway does not know has no requests to lose."""
    known = ", ".join(backend.name for backend in config.backends)
    print(f"this gateway has no backend {name}; its backends are {known}")
    return 0 if is_fine else 1


def require_another(config, balancer, name):
    """The last backend that serves stays, unless the manifest asks for only one."""
    up = [(state.service, state.backend) for state in balancer.states() if state.state == "up"]
    for service in config.services if len(config.backends) > 1 else []:
        others = [backend for of, backend in up if of == service.name and backend != name]
        if (service.name, name) in up and not others:
            raise RuntimeError(
                f"{name} is the only backend that serves {service.name}, so it stays in service;"
                " repair another one first (see `tfgrid-compose backends`), or add --even-last")


def ready(config, balancer, name):
    if not config.has(name):
        return unknown(config, name, is_fine=False)
    backend = next(known for known in config.backends if known.name == name)
    if reasons := probe.until_healthy(config, backend, HEALTHY_LIMIT):
        raise RuntimeError(f"{name} is not healthy after {HEALTHY_LIMIT} s and gets no requests: {'; '.join(reasons)}")
    with held("gateway"):
        balancer.put_back(name)
    waiting.until(lambda: balancer.serves(name), f"{config.balancer} to send requests to {name}", HEALTHY_LIMIT)
    print(f"{name} is in service")
    return 0


def put_back_healthy(config, balancer):
    """Puts back what an interrupted run left out of service. Returns whether there was anything."""
    out = balancer.out()
    healthy = [
        backend.name for backend in config.backends
        if backend.name in out and not probe.reasons(config, backend)
    ]
    for name in healthy:
        balancer.put_back(name)
    return bool(healthy)
