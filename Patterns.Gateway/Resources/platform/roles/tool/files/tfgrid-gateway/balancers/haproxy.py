"""HAProxy, through its admin socket: https://docs.haproxy.org/2.6/management.html#9.3"""

import csv
import glob
import os
import socket

import files
import processes
import waiting
from balancers import forwarding
from balancers.state import State
from certificate import FOLDER as CERTIFICATES
from programs import run

CONFIGURATION = "/etc/haproxy/haproxy.cfg"
SOCKET = "/run/haproxy/admin.sock"

# Domains that are redirected to https.
DOMAINS = "/etc/haproxy/tls-domains.map"

# Backends whose cookies are ignored: a drained server would still get the requests of browsers that stick to it.
OUT = "/etc/haproxy/out-of-service.map"

# What a new process takes over from the old one. It exists only during a reload: at a start it would be outdated.
STATE = "/var/lib/haproxy/server-state"

# A bit of srv_admin_state in `show servers state`.
FORCED_DRAIN = 0x08


class Haproxy:
    def __init__(self, config):
        self.config = config

    def states(self):
        out = self.out()
        return [state_of(row, out) for row in self.rows()]

    def take_out(self, name):
        ask(f"add map {OUT} {name} 1")
        self.set_state(name, "drain")

    def put_back(self, name):
        self.set_state(name, "ready")
        ask(f"del map {OUT} {name}")

    def serves(self, name):
        return all(row["status"].startswith("UP") for row in self.rows() if row["svname"] == name)

    def connections(self, name):
        return sum(int(row["scur"]) for row in self.rows() if row["svname"] == name)

    def out(self):
        lines = [line.split() for line in ask("show servers state").splitlines()[1:] if line]
        columns = lines[0][1:]  # after "#"
        servers = [dict(zip(columns, line)) for line in lines[1:]]
        return {server["srv_name"] for server in servers if int(server["srv_admin_state"]) & FORCED_DRAIN}

    def write(self):
        domains = self.config.domains if self.config.ssl.enabled else []
        secure = [domain for domain in domains if os.path.exists(f"{CERTIFICATES}/{domain}.pem")]
        return any([forwarding.clear(), files.write(DOMAINS, "".join(f"{domain} 1\n" for domain in secure))])

    def refresh(self):
        """Writes the lists and loads what was written since the process started. Returns whether anything changed."""
        changed = self.write()
        if not processes.is_older(process(), [CONFIGURATION, DOMAINS, *glob.glob(f"{CERTIFICATES}/*.pem")]):
            return changed
        self.reload()
        return True

    def reload(self):
        """systemd only signals the service. A moment later the new process takes over, with the server states."""
        before = process()
        files.write(OUT, "".join(f"{name} 1\n" for name in self.out()))
        files.write(STATE, ask("show servers state"))
        try:
            run("systemctl", "reload", "haproxy.service")
            waiting.until(lambda: process() != before, "HAProxy's new process to take over")
        finally:
            files.remove(STATE)
            files.write(OUT, "")

    def runs(self):
        if not os.path.exists(SOCKET):
            return False
        return run("systemctl", "show", "--property", "ActiveState", "--value", "haproxy.service").strip() == "active"

    def set_state(self, name, state):
        for service in self.config.services:
            answer = ask(f"set server {prefix(service)}_{service.name}/{name} state {state}").strip()
            if answer:
                raise RuntimeError(f"HAProxy refused to change {service.name}/{name}: {answer}")

    def rows(self):
        known = {f"{prefix(service)}_{service.name}" for service in self.config.services}
        rows = csv.DictReader(ask("show stat").lstrip("# ").splitlines())
        return [row for row in rows if row["pxname"] in known and row["svname"] not in ("FRONTEND", "BACKEND")]


def state_of(row, out):
    state = "out" if row["svname"] in out else "up" if row["status"].startswith("UP") else "down"
    check = " ".join(part for part in (row["check_status"], row["check_code"], row["last_chk"]) if part)
    return State(row["pxname"].split("_", 1)[1], row["svname"], row["addr"], state, check)


def process():
    return next((line.split()[1] for line in ask("show info").splitlines() if line.startswith("Pid:")), None)


def ask(command):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        try:
            connection.connect(SOCKET)
        except OSError as problem:
            raise RuntimeError(
                f"HAProxy does not answer ({problem.strerror}); see `systemctl status haproxy` on the gateway"
            ) from problem
        connection.sendall(f"{command}\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode()


def prefix(service):
    return "http" if service.public_port is None else "tcp"
