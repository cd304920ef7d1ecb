"""Serves facts about the backend, its version and the request. /health is for the gateway, /echo is a WebSocket."""

import base64
import hashlib
import json
import os
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = open("/opt/gateway-web/version", encoding="utf-8").read().strip()


class Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/echo" and self.headers.get("Upgrade", "").lower() == "websocket":
            self.echo()
            return
        text = "healthy\n" if self.path == "/health" else json.dumps({
            "backend": os.environ["BACKEND"],
            "version": VERSION,
            "path": self.path,
            "port": self.server.server_port,
            "host": self.headers.get("Host"),
            "client": self.headers.get("X-Forwarded-For"),
            "scheme": self.headers.get("X-Forwarded-Proto"),
        }) + "\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def echo(self):
        """Sends one short text frame back: https://www.rfc-editor.org/rfc/rfc6455"""
        text = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        key = hashlib.sha1(text.encode()).digest()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(key).decode())
        self.end_headers()
        length = self.rfile.read(2)[1] & 0x7F
        mask = self.rfile.read(4)
        text = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(length)))
        self.wfile.write(bytes([0x81, length]) + text)
        self.close_connection = True

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6
    request_queue_size = 256

    def handle_error(self, request, client_address):
        """A client that hangs up, as health checks do, is not an error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


servers = [Server(("::", int(port)), Page) for port in sys.argv[1:]]
for server in servers[1:]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
servers[0].serve_forever()
