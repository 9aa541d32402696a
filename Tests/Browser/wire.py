"""Requests to the server: decent ones, and bytes that no browser would send."""

import socket
import urllib.error
import urllib.parse
import urllib.request


def fetch(address, data=None, method=None, **headers):
    """The status, the body and the headers of the reply, also when it is an error."""
    request = urllib.request.Request(address, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read().decode(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def answer(link, **fields):
    """Submits the survey form."""
    return fetch(link, urllib.parse.urlencode(fields).encode())


def connect(base):
    """A bare connection to the server."""
    host, port = base.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


def status_line(connection):
    """The first line of the reply; empty when the server closes instead of replying."""
    received = b""
    try:
        while b"\r\n" not in received and (piece := connection.recv(4096)):
            received += piece
    except ConnectionResetError:
        pass
    return received.split(b"\r\n")[0].decode(errors="replace")


def raw(base, *pieces):
    """Sends bytes as they are, and returns the status line."""
    with connect(base) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return status_line(connection)
