"""Whether a backend serves: a check from here, as the proxy does it."""

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor

LIMIT = 2
PAUSE = 0.2


def once(config, service, backend):
    """None if it is healthy, else the reason."""
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
    found = [(service, once(config, service, backend)) for service in config.services]
    return [f"{service.name}: {reason}" for service, reason in found if reason]


def until_healthy(config, backend, limit):
    """Waits until every service of a backend is healthy twice in a row; returns the reasons if the time is over."""
    end = time.monotonic() + limit
    good = 0
    while True:
        against = reasons(config, backend)
        good = 0 if against else good + 1
        if good == 2 or time.monotonic() > end:
            return against
        time.sleep(PAUSE)


def all_of(config):
    """Checks all at once; returns (service, backend, reason or None) for each."""
    pairs = [(service, backend) for service in config.services for backend in config.backends]
    with ThreadPoolExecutor(max_workers=16) as pool:
        reasons_found = pool.map(lambda pair: once(config, *pair), pairs)
        return [(service, backend, reason) for (service, backend), reason in zip(pairs, reasons_found)]
