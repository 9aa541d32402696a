"""Makes a certificate authority and a server certificate for 127.0.0.1 and localhost, valid for a day."""

import ssl
import subprocess
from pathlib import Path


def server_context(folder: str) -> ssl.SSLContext:
    """Writes authority.pem and the server's files into the folder; returns the server's TLS settings."""
    path = Path(folder)
    new_key = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    authority = ["-subj", "/CN=Test authority", "-keyout", "authority.key", "-out", "authority.pem"]
    server = [
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-addext", "basicConstraints=critical,CA:FALSE", "-CA", "authority.pem", "-CAkey", "authority.key",
        "-keyout", "server.key", "-out", "server.pem",
    ]
    for arguments in (authority, server):
        subprocess.run(new_key + arguments, cwd=path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path / "server.pem", path / "server.key")
    return context
