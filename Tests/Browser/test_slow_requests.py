"""Clients that send too slowly, by fault or by design."""

import select
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from wire import connect, fetch

# A byte every quarter of a second: 200 bytes take longer than twice the server's deadline of 20 seconds.
PAUSE = 0.25
PATIENCE = 200


def trickle(base, start, byte):
    """Sends a byte at a time until the server says or does something; returns its reply, or None if it only listens."""
    with connect(base) as connection:
        connection.sendall(start)
        for _ in range(PATIENCE):
            if select.select([connection], [], [], PAUSE)[0]:
                try:
                    return connection.recv(4096)
                except ConnectionResetError:
                    return b""
            try:
                connection.sendall(byte)
            except (BrokenPipeError, ConnectionResetError):
                return b""
    return None


def test_a_request_that_trickles_in_is_cut_off(served):
    path = "/s/" + served.by_language["en"].rsplit("/", 1)[1]
    head = "POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\nContent-Length: 5000\r\n\r\n"
    requests = {
        "form": (head.format(path, "application/x-www-form-urlencoded").encode() + b"nps=9&comment=", b"a"),
        "api": (head.format("/api/v1/customers", "application/json").encode(), b" "),
        "unknown": (head.format("/nowhere", "text/plain").encode(), b"a"),
        "head": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: ", b"a"),
    }
    with ThreadPoolExecutor(len(requests)) as pool:
        replies = pool.map(lambda request: trickle(served.base, *request), requests.values())
        outcome = dict(zip(requests, replies))
    listened_to = [name for name, reply in outcome.items() if reply is None]
    assert listened_to == []
    assert [reply for reply in outcome.values() if reply and not reply.startswith(b"HTTP/1.1 4")] == []
    assert served.measures()["nps"]["n"] == 0


def test_half_a_request_from_each_of_many_does_not_keep_others_waiting(served):
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(connect(served.base)).sendall(b"GET /s/x HTTP/1.1\r\nHost: ")
        assert fetch(served.base + "/healthz")[0] == 200
        assert fetch(served.by_language["en"])[0] == 200
