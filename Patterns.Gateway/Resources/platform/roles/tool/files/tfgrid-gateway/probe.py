"""Whether a backend serves, asked from here as the proxy asks it."""

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor

LIMIT = 2
PAUSE = 0.2


def once(config, service, backend):
    """None where it is well, else the reason."""
    try:
        if service.health_check is None:
            socket.create_connection((backend.address, service.port), timeout=LIMIT).close()
            return None
        return ask(config, service, backend)
    except (OSError, http.client.HTTPException) as problem:
        return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__


def ask(config, service, backend):
    connection = http.client.HTTPConnection(backend.address, service.port, timeout=LIMIT)
    try:
        host = service.host or (config.domains[0] if config.domains else "backend")
        connection.request("GET", service.health_check, headers={"Host": host, "Connection": "close"})
        status = connection.getresponse().status
        return None if 200 <= status < 400 else f"{service.health_check} answered {status}"
    finally:
        connection.close()


def reasons(config, backend):
    return [f"{service.name}: {reason}" for service in config.services if (reason := once(config, service, backend))]


def until_well(config, backend, limit):
    """Every service of a backend, twice in a row; the reasons that are left at the limit."""
    end = time.monotonic() + limit
    good = 0
    while True:
        against = reasons(config, backend)
        good = 0 if against else good + 1
        if good == 2 or time.monotonic() > end:
            return against
        time.sleep(PAUSE)


def all_of(config):
    """(service, backend, reason or None) of all, asked at once."""
    pairs = [(service, backend) for service in config.services for backend in config.backends]
    with ThreadPoolExecutor(max_workers=16) as pool:
        return [(service, backend, reason) for (service, backend), reason in zip(pairs, pool.map(lambda pair: once(config, *pair), pairs))]
