"""nginx. It has no commands for the servers of an upstream, so each upstream's servers are lines of a file."""

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

# A failed request takes a backend out for two seconds. Then one request tries it again, and moves on if that fails.
FAILURES = "max_fails=1 fail_timeout=2s"


class Nginx(Passive):
    def write(self):
        drained.admit(self.config)
        wanted = {f"{FOLDER}/{service.name}.conf": self.servers(service) for service in self.config.services}
        others = [path for path in glob.glob(f"{FOLDER}/*.conf") if path not in wanted]
        changes = [files.write(path, text) for path, text in wanted.items()] + [files.remove(path) for path in others]
        return any([forwarding.clear(), *changes])

    def servers(self, service):
        out = self.out()
        lines = [line(service, backend) + (" down" if backend.name in out else "") for backend in self.config.backends]
        return "".join(f"{text};\n" for text in lines)

    def refresh(self):
        """Writes the lists and loads what was written since the workers started. Returns whether anything changed.

        Certificates need no reload: nginx reads them for each handshake.
        """
        changed = self.write()
        paths = [CONFIGURATION, *glob.glob(f"{FOLDER}/*.conf")]
        if not any(processes.is_older(worker, paths) for worker in workers()):
            return changed
        self.reload()
        return True

    def reload(self):
        """systemd only signals the master. A moment later new workers serve, and the old ones accept no connections."""
        old = workers()
        run("systemctl", "reload", "nginx.service")
        waiting.until(lambda: workers() and workers().isdisjoint(old), "nginx's new workers to take over")

    def runs(self):
        return bool(workers())

    @staticmethod
    def connections_to(address, port):
        return len(run("ss", "-Htn", "state", "established", "dst", address, "dport", "=", f":{port}").splitlines())


def workers():
    """The workers that accept connections. The title of one that is finishing its last connections says so."""
    master = (files.read(PID) or "").strip()
    children = (files.read(f"/proc/{master}/task/{master}/children") or "").split()
    return {child for child in children if is_worker(title(child))}


def is_worker(text):
    return text.startswith("nginx: worker process") and "shutting down" not in text


def title(process):
    return files.read(f"/proc/{process}/cmdline") or ""


def line(service, backend):
    address = f"[{backend.address}]" if ":" in backend.address else backend.address
    return f"server {address}:{service.port} {FAILURES}"
