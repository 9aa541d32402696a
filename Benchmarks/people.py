"""Measures what signing in costs: a dashboard for somebody who is signed in beside the same page from a server without that check,
the memory of many sessions, and signing in while somebody tries passwords at random. Everything talks to loopback.
"""

import argparse
import hashlib
import http.client
import os
import re
import secrets
import shutil
import statistics
import tempfile
import threading
import time
import urllib.parse
from base64 import urlsafe_b64encode
from pathlib import Path

from common import HERE, OPEN_PORT, PORT, Cluster, Server, hearback, median_round, quantiles, say, wrk

PATH = "/dashboards/page.html"
PASSWORD = "granite otter velvet lantern"
PEOPLE = 20


def page():
    """As large as a dashboard."""
    return ("<!doctype html>\n<title>Teams</title>\n" + "<p>Every figure has its n.</p>\n" * 1100).encode()


def post(path, fields, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request(
        "POST", path, urllib.parse.urlencode(fields),
        {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{PORT}", **headers})
    reply = connection.getresponse()
    reply.read()
    connection.close()
    cookies = dict(re.match(r"([^=]+)=([^;]*)", value).groups() for value in reply.headers.get_all("Set-Cookie") or [])
    return reply.status, cookies


def sign_in(email, cookies=None, network=None):
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    if network:
        header["X-Forwarded-For"] = network
    started = time.perf_counter()
    status, found = post("/sign-in", {"email": email, "password": PASSWORD, "next": "/"}, **header)
    return time.perf_counter() - started, status, found


def add_people(cluster):
    """Managers with passwords; gives the cookies of their devices."""
    devices = {}
    for number in range(PEOPLE):
        email = f"manager{number}@example.test"
        said = hearback(
            cluster, "user", "add", "--role", "quality-manager", "--everything", "--name", "Manager", email,
            capture_output=True).stdout
        link = re.search(r"/password/\S+", said).group(0)
        assert post(link, {"password": PASSWORD})[0] == 200
        seconds, status, cookies = sign_in(email)
        assert status == 303 and "hearback" in cookies, (status, cookies)
        devices[email] = cookies
    return devices


def measure_page(cookie, seconds):
    options = ["-H", f"Cookie: hearback={cookie}"]
    ours, latency, failures = wrk(f"http://127.0.0.1:{PORT}{PATH}", seconds, *options)
    peer, peer_latency, _ = wrk(f"http://127.0.0.1:{OPEN_PORT}{PATH}", seconds, *options)
    say(f"signed in: {ours:,.0f}/s, open {peer:,.0f}/s, {ours / peer:.2f}")
    return {
        "ratio": ours / peer, "ours": ours, "latency": latency, "failures": failures, "peer": peer,
        "peer latency": peer_latency}


def measure_sessions(cluster, server, count):
    """Memory before and after a page was read in each of many sessions."""
    tokens = [secrets.token_bytes(32) for _ in range(count)]
    rows = "".join(
        f"insert into session (sha256, person_id, created_at, last_seen_at, network, browser) values "
        f"('\\x{hashlib.sha256(token).hexdigest()}', 1, now(), now(), '127.0.0.1', 'benchmark');" for token in tokens)
    (Path(cluster.folder) / "sessions.sql").write_text("begin;" + rows + "commit;")
    cluster.psql(f"\\i {cluster.folder}/sessions.sql")
    before = server.memory()
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    started = time.perf_counter()
    for token in tokens:
        text = urlsafe_b64encode(token).decode().rstrip("=")
        connection.request("GET", PATH, headers={"Cookie": f"hearback={text}"})
        reply = connection.getresponse()
        assert reply.status == 200 and len(reply.read()) == len(page())
    return server.memory() - before, before, (time.perf_counter() - started) / count


def measure_guessing(devices, seconds, networks):
    """Times of people who sign in on their own devices, first alone, then while passwords are tried as fast as the server answers,
    from one network or each from another; and of people on new devices meanwhile.
    """
    alone = [sign_in(email, cookies)[0] for email, cookies in devices.items()]
    guesses = {}

    def attack():
        guesses["rate"], _, guesses["refused"] = wrk(
            f"http://127.0.0.1:{PORT}/sign-in", seconds, "-s", str(HERE / "guess.lua"), script=[networks])

    attacker = threading.Thread(target=attack)
    known, new = [], []

    def keep_signing_in(results, choose):
        while attacker.is_alive():
            for number, (email, cookies) in enumerate(devices.items()):
                results.append(sign_in(email, **choose(number, cookies))[:2])
                if not attacker.is_alive():
                    break

    people = [
        threading.Thread(target=keep_signing_in, args=(known, lambda number, cookies: {"cookies": cookies})),
        threading.Thread(
            target=keep_signing_in, args=(new, lambda number, cookies: {"network": f"198.51.100.{number}"}))]
    for thread in (attacker, *people):
        thread.start()
    for thread in (attacker, *people):
        thread.join()
    say(f"guesses from {networks}: {guesses['rate']:,.0f}/s; on known devices {known}; on new devices {new}")
    return {"networks": networks, "alone": alone, "known": known, "new": new, "guesses": guesses["rate"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how often the page is measured")
    parser.add_argument("--sessions", type=int, default=10_000, help="how many people are signed in at once")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="hearback-benchmark-")
    os.chmod(folder, 0o755)
    cluster = Cluster(folder)
    try:
        site = Path(folder) / "site"
        site.mkdir(exist_ok=True)
        (site / "page.html").write_bytes(page())
        server = Server(cluster, "/healthz", is_open=False, options=["--trusted-proxy", "127.0.0.1"])
        other = Server(cluster, PATH, port=OPEN_PORT)
        devices = add_people(cluster)
        cookie = next(iter(devices.values()))["hearback"]
        rounds = [measure_page(cookie, options.seconds) for _ in range(options.rounds)]
        other.stop()
        grown, before, each = measure_sessions(cluster, server, options.sessions)
        guessing = [measure_guessing(devices, options.seconds * 2, networks) for networks in ("one network", "many networks")]
        server.stop()
    finally:
        cluster.control("stop", "-m", "fast")
        shutil.rmtree(folder)
    print("| what | Hearback | peer | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    found = median_round(rounds)
    print(
        f"| dashboard of {len(page()):,} bytes, signed in | {found['ours']:,.0f}/s, {quantiles(found['latency'])}, "
        f"{found['failures']} failed | without the check: {found['peer']:,.0f}/s, {quantiles(found['peer latency'])} "
        f"| {found['ratio']:.2f}× | ≥ 0.8× |")
    print(
        f"| memory of {options.sessions:,} sessions | {grown:.1f} MB, besides {before:.0f} MB; first page of each "
        f"{each * 1000:.2f} ms | – | – | < 20 MB |")
    for found in guessing:
        alone = statistics.median(found["alone"])

        def outcome(results):
            times = [seconds for seconds, _ in results]
            failed = sum(status != 303 for _, status in results)
            return (
                statistics.median(times), f"{statistics.median(times) * 1000:,.0f} ms (longest {max(times) * 1000:,.0f} ms), "
                f"{failed} of {len(times)} failed")

        median, text = outcome(found["known"])
        print(
            f"| signing in on a known device while {found['guesses']:,.0f} passwords a second are tried from {found['networks']} "
            f"| {text} | without: {alone * 1000:.0f} ms | {median / alone:.2f}× | none fails at 1,000/s |")
        print(f"| on a new device meanwhile | {outcome(found['new'])[1]} | – | – | – |")


main()
