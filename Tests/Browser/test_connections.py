"""Several requests on one connection, survey pages and others in turn."""

import http.client
import socket
import urllib.parse

from wire import connect

FORM = "application/x-www-form-urlencoded"


def path_of(link):
    return urllib.parse.urlsplit(link).path


def request(method, path, body="", **headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: x"]
    if method == "POST":
        headers |= {"Content-Type": FORM, "Content-Length": str(len(body))}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def replies(connection, *methods):
    """The replies to requests of these methods, in order."""
    received = []
    for method in methods:
        response = http.client.HTTPResponse(Unbuffered(connection), method=method)
        response.begin()
        received.append((response.status, response.read().decode(), response.headers))
    return received


class Unbuffered:
    """A socket whose file never reads ahead, so that each reply leaves the next one alone."""

    def __init__(self, connection):
        self.connection = connection

    def makefile(self, mode):
        return self.connection.makefile(mode, buffering=0)


def test_requests_sent_at_once_are_answered_in_their_order(served):
    path = path_of(served.by_language["en"])
    with connect(served.base) as connection:
        connection.sendall(
            request("GET", path) + request("GET", "/healthz") + request("HEAD", path) + request("GET", "/nothing")
            + request("POST", path, "survey=1&nps=9") + request("GET", path) + request("GET", "/healthz"))
        pages = replies(connection, "GET", "GET", "HEAD", "GET", "POST", "GET", "GET")
    assert [status for status, _, _ in pages] == [200, 200, 200, 404, 200, 200, 200]
    bodies = [body for _, body, _ in pages]
    assert "<form" in bodies[0] and bodies[1] == "ok\n" and bodies[2] == "" and bodies[6] == "ok\n"
    assert "Thank you" in bodies[4] and "name=\"nps\"" not in bodies[5]
    assert pages[2][2]["Content-Length"] == str(len(bodies[0].encode()))
    assert all(headers["Date"].endswith(" GMT") for _, _, headers in pages)


def test_a_refused_head_leaves_the_connection_in_order(served):
    with connect(served.base) as connection:
        connection.sendall(request("HEAD", "/nothing") + request("HEAD", "/api/v1/nothing") + request("GET", "/healthz"))
        pages = replies(connection, "HEAD", "HEAD", "GET")
    assert [status for status, _, _ in pages] == [404, 404, 200]
    assert pages[2][1] == "ok\n"


def test_a_client_that_has_said_its_last_still_gets_its_reply(served):
    path = path_of(served.by_language["es"])
    with connect(served.base) as connection:
        connection.sendall(request("POST", path, "survey=1&lang=es&nps=9"))
        connection.shutdown(socket.SHUT_WR)
        (status, body, _), = replies(connection, "POST")
        assert status == 200 and "Gracias" in body
        assert connection.recv(1) == b""


def test_a_connection_that_is_to_be_closed_is_closed(served):
    path = path_of(served.by_language["en"])
    with connect(served.base) as connection:
        # What comes after the last request is not looked at.
        connection.sendall(request("GET", path, Connection="close") + request("POST", path, "survey=1&nps=9"))
        (status, _, headers), = replies(connection, "GET")
        assert status == 200 and headers["Connection"] == "close"
        assert connection.recv(1) == b""
    assert served.measures()["nps"]["n"] == 0


def test_a_form_that_is_too_long_is_refused_and_ends_the_connection(served):
    path = path_of(served.by_language["en"])
    with connect(served.base) as connection:
        connection.sendall(request("POST", path, "nps=" + "9" * 10_000_000))
        (status, body, headers), = replies(connection, "POST")
        assert status == 413 and "<form" not in body and headers["Connection"] == "close"
        assert connection.recv(1) == b""
