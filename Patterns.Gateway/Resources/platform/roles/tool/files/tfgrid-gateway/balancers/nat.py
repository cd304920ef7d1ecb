"""Port forwarding: the kernel distributes new connections among the backends in service."""

from balancers import drained, forwarding
from balancers.passive import Passive
from programs import run


class Nat(Passive):
    def write(self):
        drained.admit(self.config)
        out = self.out()
        backends = [backend for backend in self.config.backends if backend.name not in out]
        return forwarding.load(forwarding.rules(self.config, backends))

    def refresh(self):
        return self.write()

    def reload(self):
        run("systemctl", "reload", "nftables.service")

    def runs(self):
        return True

    @staticmethod
    def connections_to(address, port):
        """Forwarded connections have no socket on this machine; the kernel lists them in a table."""
        reply = ["--reply-src", address, "--reply-port-src", str(port)]
        return len(run("conntrack", "-L", "-p", "tcp", "--state", "ESTABLISHED", *reply).splitlines())
