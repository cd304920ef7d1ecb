"""What nginx and port forwarding have in common: they report no states, so backends are probed from here."""

import probe
from balancers import drained
from balancers.state import State


class Passive:
    def __init__(self, config):
        self.config = config

    def states(self):
        out = self.out()
        probed = probe.all_of(self.config)
        return [self.state_of(service, backend, reason, out) for service, backend, reason in probed]

    def take_out(self, name):
        drained.change(self.config, name, is_out=True)
        self.refresh()

    def put_back(self, name):
        drained.change(self.config, name, is_out=False)
        self.refresh()

    def serves(self, name):
        return name not in self.out()

    def out(self):
        return drained.names(self.config)

    def connections(self, name):
        address = next(backend.address for backend in self.config.backends if backend.name == name)
        return sum(self.connections_to(address, service.port) for service in self.config.services)

    @staticmethod
    def state_of(service, backend, reason, out):
        address = f"[{backend.address}]" if ":" in backend.address else backend.address
        state = "out" if backend.name in out else "down" if reason else "up"
        return State(service.name, backend.name, f"{address}:{service.port}", state, reason or "answers")
