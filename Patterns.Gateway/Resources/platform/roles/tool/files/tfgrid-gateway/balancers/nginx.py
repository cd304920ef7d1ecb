"""nginx: servers of an upstream are lines in a file of their own, for it has no commands for them."""

import glob

import files
import processes
import waiting
from balancers import drained, forwarding
from balancers.passive import Passive
from programs import run

CONFIGURATION = "/etc/nginx/nginx.conf"
FOLDER = "/etc/nginx/tfgrid-gateway"
PID = "/run/nginx.pid"

# A failed request takes a backend out for so long; then one request tries it again, and goes elsewhere where that fails.
FAILURES = "max_fails=1 fail_timeout=2s"


class Nginx(Passive):
    def write(self):
        drained.admit(self.config)
        wanted = {f"{FOLDER}/{service.name}.conf": self.servers(service) for service in self.config.services}
        others = [path for path in glob.glob(f"{FOLDER}/*.conf") if path not in wanted]
        return any([forwarding.clear(), *[files.write(path, text) for path, text in wanted.items()], *[files.remove(path) for path in others]])

    def servers(self, service):
        out = self.out()
        return "".join(f"{line(service, backend)}{' down' if backend.name in out else ''};\n" for backend in self.config.backends)

    def refresh(self):
        """Writes what is wanted and loads what was written since the workers began. Whether anything changed. Certificates are read when a client asks."""
        changed = self.write()
        if not any(processes.is_older(worker, [CONFIGURATION, *glob.glob(f"{FOLDER}/*.conf")]) for worker in workers()):
            return changed
        self.reload()
        return True

    def reload(self):
        """The master is told, and no more: a moment later new workers serve, and the old ones take no more connections."""
        old = workers()
        run("systemctl", "reload", "nginx.service")
        waiting.until(lambda: workers() and workers().isdisjoint(old), "nginx's new workers to take over")

    def runs(self):
        return bool(workers())

    @staticmethod
    def connections_to(address, port):
        return len(run("ss", "-Htn", "state", "established", "dst", address, "dport", "=", f":{port}").splitlines())


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
