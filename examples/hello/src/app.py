#!/usr/bin/env python3
"""Serves /, /health and /env, with Python's standard library only."""
import hashlib
import html
import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8080
with open("/etc/hello/env.json", encoding="utf-8") as file:
    VALUES = json.load(file)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            greeting = html.escape(VALUES["GREETING"])
            self.answer(200, "text/html", f"<!doctype html>\n<title>hello</title>\n<h1>{greeting}</h1>\n"
                                          f"<p>served by {html.escape(socket.gethostname())}</p>\n")
        elif self.path == "/health":
            self.answer(200, "text/plain", "ok\n")
        elif self.path == "/env":
            shown = {name: {"value": value, "sha256": digest(value)} for name, value in VALUES.items()}
            self.answer(200, "application/json", json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        else:
            self.answer(404, "text/plain", "not found\n")

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        if not self.path.startswith("/health"):
            super().log_message(format, *args)


def digest(value):
    return hashlib.sha256(value.encode()).hexdigest()


class Server(ThreadingHTTPServer):
    # One socket for IPv4 and IPv6 (Mycelium), if the machine has both.
    address_family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET

    def server_bind(self):
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


Server(("", PORT), Handler).serve_forever()
