"""The dashboards as files: compressed as zlib itself understands, and never half a page while they are rewritten."""

import gzip
import os
import threading
import urllib.request
from pathlib import Path

from test_connections import replies, request
from wire import connect, fetch


def test_gzip_gives_the_same_bytes_back(served):
    path = Path(served.folder) / "site" / "figures.csv"
    path.write_bytes(b"team,nps\r\n" + b"".join(b"team %d,%d\r\n" % (number, number % 11) for number in range(20_000)))
    asked = urllib.request.Request(served.base + "/dashboards/figures.csv", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as response:
        body = response.read()
        assert response.headers["Content-Encoding"] == "gzip" and len(body) < path.stat().st_size / 3
    assert gzip.decompress(body) == path.read_bytes()


def test_a_page_that_is_rewritten_all_the_time_is_always_whole(served):
    site = Path(served.folder) / "site"
    pages = [letter * 30_000 for letter in "ab"]
    (site / "page.html").write_text(pages[0])
    stop = threading.Event()

    def rewrite():
        turn = 0
        while not stop.is_set():
            turn += 1
            (site / "page.html.tmp").write_text(pages[turn % 2])
            os.rename(site / "page.html.tmp", site / "page.html")

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        seen = [fetch(served.base + "/dashboards/page.html") for _ in range(300)]
    finally:
        stop.set()
        writer.join()
    assert {status for status, _, _ in seen} == {200}
    assert {body for _, body, _ in seen} == set(pages)


def test_pages_and_files_in_turn_on_one_connection(served):
    (Path(served.folder) / "site" / "page.html").write_text("a page")
    with connect(served.base) as connection:
        connection.sendall(
            request("GET", "/dashboards/page.html") + request("GET", "/dashboards/page.html")
            + request("HEAD", "/dashboards/page.html") + request("GET", "/s/x") + request("POST", "/dashboards/page.html")
            + request("GET", "/dashboards/none") + request("GET", "/dashboards/page.html", Connection="close")
            + request("GET", "/dashboards/page.html"))
        pages = replies(connection, "GET", "GET", "HEAD", "GET", "POST", "GET", "GET")
        assert connection.recv(1) == b""
    assert [status for status, _, _ in pages] == [200, 200, 200, 404, 405, 404, 200]
    assert [pages[place][1] for place in (0, 1, 2, 6)] == ["a page", "a page", "", "a page"]
