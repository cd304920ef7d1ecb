"""Counts its requests, in a file on a volume."""
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

COUNT = "/data/count"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        count = 1 + (int(open(COUNT, encoding="ascii").read()) if os.path.exists(COUNT) else 0)
        with open(COUNT + ".new", "w", encoding="ascii") as file:
            file.write(str(count))
        os.replace(COUNT + ".new", COUNT)
        body = str(count).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 9000), Handler).serve_forever()
