"""A backend as the balancer sees it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    service: str
    backend: str
    address: str
    state: str  # up, down, or out (of service)
    detail: str
