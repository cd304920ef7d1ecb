"""HAProxy, through its admin socket: https://docs.haproxy.org/2.6/management.html#9.3"""

import csv
import os
import socket

import files
import waiting
from balancers import forwarding
from balancers.state import State
from programs import run

SOCKET = "/run/haproxy/admin.sock"
DOMAINS = "/etc/haproxy/tls-domains.map"

# Whose cookies are not followed: drained servers would go on getting the requests of browsers that stick to them.
OUT = "/etc/haproxy/out-of-service.map"

# A bit of srv_admin_state, in `show servers state`.
FORCED_DRAIN = 0x08


class Haproxy:
    def __init__(self, config):
        self.config = config

    def states(self):
        out = self.out_of_service()
        return [self.state_of(row, out) for row in self.rows()]

    def take_out(self, name):
        self.ask(f"add map {OUT} {name} 1")
        self.set_state(name, "drain")

    def put_back(self, name):
        self.set_state(name, "ready")
        self.ask(f"del map {OUT} {name}")

    def serves(self, name):
        return all(row["status"].startswith("UP") for row in self.rows() if row["svname"] == name)

    def connections(self, name):
        return sum(int(row["scur"]) for row in self.rows() if row["svname"] == name)

    def sync(self):
        return forwarding.clear()

    def reload(self):
        """Its service is told, and no more: the new process takes over a moment later."""
        before = self.process()
        run("systemctl", "reload", "haproxy.service")
        waiting.until(lambda: self.process() != before, "HAProxy's new process to take over")

    def process(self):
        return next((line for line in self.ask("show info").splitlines() if line.startswith("Pid:")), None)

    def certificates_changed(self, domains):
        """A new certificate is read at a reload only, which waits while a backend is out: it would come back by it."""
        files.write(DOMAINS, "".join(f"{domain} 1\n" for domain in domains))
        if not os.path.exists(SOCKET):
            return True
        if self.out_of_service():
            return False
        self.reload()
        return True

    def set_state(self, name, state):
        for service in self.config.services:
            answer = self.ask(f"set server {prefix(service)}_{service.name}/{name} state {state}").strip()
            if answer:
                raise RuntimeError(f"HAProxy says of {service.name}/{name}: {answer}")

    def rows(self):
        known = {f"{prefix(service)}_{service.name}" for service in self.config.services}
        lines = self.ask("show stat").lstrip("# ").splitlines()
        return [row for row in csv.DictReader(lines) if row["pxname"] in known and row["svname"] not in ("FRONTEND", "BACKEND")]

    def out_of_service(self):
        lines = [line.split() for line in self.ask("show servers state").splitlines()[1:] if line]
        columns = lines[0][1:]  # behind "#"
        servers = [dict(zip(columns, line)) for line in lines[1:]]
        return {server["srv_name"] for server in servers if int(server["srv_admin_state"]) & FORCED_DRAIN}

    @staticmethod
    def state_of(row, out):
        state = "out" if row["svname"] in out else "up" if row["status"].startswith("UP") else "down"
        check = " ".join(part for part in (row["check_status"], row["check_code"], row["last_chk"]) if part)
        return State(row["pxname"].split("_", 1)[1], row["svname"], row["addr"], state, check)

    @staticmethod
    def ask(command):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            try:
                connection.connect(SOCKET)
            except OSError as problem:
                raise RuntimeError(f"HAProxy does not answer ({problem.strerror}); on the gateway, `systemctl status haproxy` says why") from problem
            connection.sendall(f"{command}\n".encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer.decode()


def prefix(service):
    return "http" if service.public_port is None else "tcp"
