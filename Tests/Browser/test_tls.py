"""TLS spoken by the server itself: who gets in how, and what happens when the certificate is wrong or changes."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from conftest import ROOT
from processes import wait_for
from test_sign_in import set_password, sign_in

sys.path.append(str(ROOT / "Tests" / "DeliveryTests"))
from sink_certificates import server_context  # noqa: E402

HSTS = "max-age=31536000"
MISMATCH = "not that of the first certificate"


@pytest.fixture
def certified(hearback):
    """A data folder with a certificate beside it."""
    server_context(hearback.folder)
    hearback.serving = [
        "--open-dashboards", "--certificate", f"{hearback.folder}/server.pem", "--private-key", f"{hearback.folder}/server.key"]
    return hearback


def trusting(server, **options):
    context = ssl.create_default_context(cafile=f"{server.folder}/authority.pem")
    for name, value in options.items():
        setattr(context, name, value)
    return context


def address(server):
    return "127.0.0.1", urllib.parse.urlsplit(server.base).port


def fetch(server, path, data=None):
    request = urllib.request.Request(server.base + path, data=data)
    try:
        with urllib.request.urlopen(request, timeout=60, context=trusting(server)) as response:
            return response.status, response.read(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def log(server):
    return Path(server.folder, "serve.log").read_text()


def test_everything_is_reached_by_tls(certified):
    certified.start()
    assert certified.base.startswith("https://")
    link = certified.ask({"c-en": "en"})["c-en"]
    path = urllib.parse.urlsplit(link).path
    wait_for(lambda: fetch(certified, "/dashboards/")[0] == 200, seconds=60)
    # The second time from memory, on the event loop, as survey pages are.
    for page in ["/dashboards/", "/dashboards/", path, "/healthz", "/sign-in", "/openapi.yaml"]:
        status, body, headers = fetch(certified, page)
        assert status == 200 and body and headers["Strict-Transport-Security"] == HSTS, page
    status, body, headers = fetch(certified, path, b"nps=9&survey=1")
    assert status == 200 and b"Thank you" in body and headers["Strict-Transport-Security"] == HSTS
    # Many requests, of every kind, on one connection.
    connection = http.client.HTTPSConnection(*address(certified), context=trusting(certified), timeout=60)
    for page in ["/dashboards/"] * 3 + [path, "/healthz", "/dashboards/", path]:
        connection.request("GET", page)
        response = connection.getresponse()
        assert response.status == 200 and response.read()
    connection.close()
    assert certified.stop() == 0


def test_http_1_1_is_agreed_on_and_old_tls_is_not(certified):
    certified.start()
    context = trusting(certified)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(address(certified)) as plain, \
            context.wrap_socket(plain, server_hostname="localhost") as connection:
        assert connection.selected_alpn_protocol() == "http/1.1"
        assert connection.version() == "TLSv1.3"
    twelve = trusting(certified, maximum_version=ssl.TLSVersion.TLSv1_2)
    with socket.create_connection(address(certified)) as plain, \
            twelve.wrap_socket(plain, server_hostname="localhost") as connection:
        assert connection.version() == "TLSv1.2"
        assert connection.cipher()[0].startswith("ECDHE-")
    host, port = address(certified)
    for version in ("-tls1", "-tls1_1"):
        tried = subprocess.run(
            ["openssl", "s_client", "-connect", f"{host}:{port}", version, "-cipher", "ALL@SECLEVEL=0"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        assert tried.returncode != 0 and "alert protocol version" in tried.stderr


def test_plain_http_to_the_port_is_told_so_and_noise_ends(certified):
    certified.start()
    with socket.create_connection(address(certified), timeout=60) as connection:
        connection.sendall(b"GET /people HTTP/1.1\r\nHost: x\r\n\r\n")
        reply = b""
        while piece := connection.recv(4096):
            reply += piece
    assert reply.startswith(b"HTTP/1.1 400 Bad Request\r\n") and b"https://" in reply
    for noise in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 600, b"\x16" * 5, b"\x00" * 100):
        with socket.create_connection(address(certified), timeout=60) as connection:
            try:
                connection.sendall(noise)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(4096):
                    pass
            except OSError as error:
                # Cut off, not kept waiting.
                assert not isinstance(error, TimeoutError)
    assert fetch(certified, "/healthz")[0] == 200


def test_a_browser_keeps_the_cookies_for_this_host_and_tls_alone(certified, chromium):
    certified.serving.remove("--open-dashboards")
    certified.start()
    output = certified.run(
        "user", "add", "--role", "administrator", "--name", "Ada", "ada@example.test", "--base", certified.base).stdout
    context = chromium.new_context(ignore_https_errors=True, java_script_enabled=False)
    page = context.new_page()
    set_password(page, re.search(r"https://\S+/password/\S+", output).group(0))
    sign_in(page, certified.base)
    page.wait_for_url("**/dashboards/")
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert set(cookies) == {"__Host-hearback", "__Host-hearback-device"}
    assert all(cookie["secure"] and cookie["httpOnly"] and cookie["path"] == "/" for cookie in cookies.values())
    page.goto(certified.base + "/people")
    assert page.locator("h1").inner_text() == "People"
    context.close()


def test_a_new_certificate_is_taken_up_while_connections_go_on(certified):
    certified.start()
    connection = http.client.HTTPSConnection(*address(certified), context=trusting(certified), timeout=60)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read()
    old = ssl.get_server_certificate(address(certified))
    kept = {name: open(f"{certified.folder}/{name}").read() for name in ("server.pem", "server.key")}
    server_context(certified.folder)
    wait_for(lambda: ssl.get_server_certificate(address(certified)) != old, seconds=30)
    assert fetch(certified, "/healthz")[0] == 200
    connection.request("GET", "/healthz")
    assert connection.getresponse().read()
    connection.close()
    # Half of a pair is no use: the server goes on with the whole one that it has.
    new = ssl.get_server_certificate(address(certified))
    told = log(certified).count(MISMATCH)
    with open(f"{certified.folder}/server.key", "w") as file:
        file.write(kept["server.key"])
    wait_for(lambda: log(certified).count(MISMATCH) > told, seconds=30)
    assert ssl.get_server_certificate(address(certified)) == new


def test_a_certificate_that_cannot_be_served_is_a_clear_error(certified):
    folder = certified.folder
    shutil.copy(f"{folder}/authority.key", f"{folder}/wrong.key")
    for arguments, words in [
        (["--certificate", f"{folder}/server.pem", "--private-key", f"{folder}/wrong.key"], MISMATCH),
        (["--certificate", f"{folder}/nothing.pem", "--private-key", f"{folder}/server.key"], "nothing.pem cannot be read"),
        (["--certificate", f"{folder}/server.key", "--private-key", f"{folder}/server.key"], "has no certificate in PEM"),
        (["--certificate", f"{folder}/server.pem", "--private-key", f"{folder}/server.pem"], "has no private key"),
        (["--certificate", f"{folder}/server.pem"], "belong together"),
        (["--trusted-proxy", "10.0.0.1/8"], "--trusted-proxy"),
        (["--trusted-proxy", "proxy.example.com"], "--trusted-proxy"),
    ]:
        result = certified.run("serve", "--listen", "127.0.0.1:0", *arguments, check=False)
        assert result.returncode != 0 and words in result.stderr, arguments
        assert "running" not in result.stdout and "Fatal" not in result.stderr
