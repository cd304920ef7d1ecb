"""nginx: servers of an upstream are lines in a file of their own, for it has no commands for them."""

from balancers import drained, forwarding
from balancers.passive import Passive
import files
import waiting
from programs import run

FOLDER = "/etc/nginx/tfgrid-gateway"
PID = "/run/nginx.pid"

# A failed request takes a backend out for so long; then one request tries it again, and goes elsewhere where that fails.
FAILURES = "max_fails=1 fail_timeout=2s"


class Nginx(Passive):
    def sync(self):
        changed = forwarding.clear()
        for service in self.config.services:
            changed |= files.write(f"{FOLDER}/{service.name}.conf", self.servers(service))
        return changed

    def servers(self, service):
        out = drained.names(self.config)
        return "".join(f"{line(service, backend)}{' down' if backend.name in out else ''};\n" for backend in self.config.backends)

    def apply(self):
        if self.sync():
            self.reload()

    def reload(self):
        """Its master is told, and no more: a moment later new workers serve, and the old ones take no more connections."""
        old = workers()
        run("systemctl", "reload", "nginx.service")
        waiting.until(lambda: workers().isdisjoint(old), "nginx's new workers to take over")

    def certificates_changed(self, domains):
        return True


def workers():
    """Those that take connections: one that ends its last ones says so in its title."""
    master = (files.read(PID) or "").strip()
    children = (files.read(f"/proc/{master}/task/{master}/children") or "").split()
    return {child for child in children if title(child).startswith("nginx: worker process") and "shutting down" not in title(child)}


def title(process):
    return files.read(f"/proc/{process}/cmdline") or ""


def line(service, backend):
    address = f"[{backend.address}]" if ":" in backend.address else backend.address
    return f"server {address}:{service.port} {FAILURES}"
