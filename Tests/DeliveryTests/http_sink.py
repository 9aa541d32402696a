"""An HTTP server that tells what it was asked, and misbehaves at certain paths.

It prints its port. When its standard input ends, it removes its folder and ends too.
"""

import argparse
import itertools
import json
import os
import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sink_certificates import server_context

parser = argparse.ArgumentParser()
parser.add_argument("folder", help="where to write the certificates")
parser.add_argument("--encryption", choices=["none", "implicit"], default="none")
options = parser.parse_args()
connections = itertools.count(1)


class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.connection_number = next(connections)

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/silent":
            threading.Event().wait()
        if self.path == "/drop":
            self.close_connection = True
            return
        if self.path == "/nonsense":
            self.wfile.write(b"nonsense\r\n\r\n")
            self.close_connection = True
            return
        if self.path == "/headers":
            for _ in range(3):
                self.send_response_only(200)
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: filler\r\n" * 10_000 + b"\r\n")
            self.close_connection = True
            return
        if self.path.startswith("/bytes/"):
            reply = b"x" * int(self.path.removeprefix("/bytes/"))
        else:
            reply = json.dumps({
                "method": self.command, "path": self.path, "body": body.decode("latin-1"),
                "headers": [[name.lower(), value] for name, value in self.headers.items()],
            }).encode()
        self.send_response({"/moved": 302, "/missing": 404}.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/landed")
        self.send_header("X-Connection", str(self.connection_number))
        self.send_header("Set-Cookie", "kept=yes")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = answer
    do_POST = answer

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
if options.encryption == "implicit":
    server.socket = server_context(options.folder).wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
shutil.rmtree(options.folder)
os._exit(0)
