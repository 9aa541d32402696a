"""Measures how fast Hearback serves a dashboard, beside nginx with the same file, and prints ratios.

One page of about 30 KB, plain and with gzip; nginx sends the compressed bytes that Hearback made (`gzip_static`). Both answer in
turn, and the round with the median ratio is told. Everything talks to loopback.
"""

import argparse
import os
import shutil
import tempfile
import urllib.request
from pathlib import Path

from common import NGINX_PORT, PORT, Cluster, Nginx, Server, median_round, quantiles, say, wrk

PATH = "/dashboards/page.html"
CODINGS = {"identity": [], "gzip": ["-H", "Accept-Encoding: gzip"]}


def page():
    """A page like a dashboard: a table of figures with their intervals."""
    rows = "".join(
        f"<tr><th scope=\"row\">Team {team}</th><td>{team * 7 % 100} %</td><td>{team * 3 % 90}.{team % 10} to "
        f"{team * 5 % 97}.{team % 7}</td><td>{team * 131 % 977} answers</td></tr>\n" for team in range(325))
    return f"<!doctype html>\n<title>Teams</title>\n<table>\n{rows}</table>\n".encode()


def fetch(port, coding):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PATH}", headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request) as response:
        return response.read()


def measure(coding, seconds):
    options = CODINGS[coding]
    ours, latency, failures = wrk(f"http://127.0.0.1:{PORT}{PATH}", seconds, *options)
    peer, peer_latency, _ = wrk(f"http://127.0.0.1:{NGINX_PORT}{PATH}", seconds, *options)
    say(f"{coding}: {ours:,.0f}/s, nginx {peer:,.0f}/s, {ours / peer:.2f}")
    return {
        "ratio": ours / peer, "ours": ours, "latency": latency, "failures": failures, "peer": peer,
        "peer latency": peer_latency}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="hearback-benchmark-")
    os.chmod(folder, 0o755)
    cluster = Cluster(folder)
    try:
        site = Path(folder) / "site"
        site.mkdir(exist_ok=True)
        (site / "page.html").write_bytes(page())
        server = Server(cluster, PATH)
        compressed = fetch(PORT, "gzip")
        with Nginx(Path(folder) / "nginx", page(), compressed):
            for coding, body in (("identity", page()), ("gzip", compressed)):
                assert fetch(PORT, coding) == fetch(NGINX_PORT, coding) == body
            rounds = [{coding: measure(coding, options.seconds) for coding in CODINGS} for _ in range(options.rounds)]
        server.stop()
    finally:
        cluster.control("stop", "-m", "fast")
        shutil.rmtree(folder)
    print("| what | Hearback | nginx | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    for coding, size in (("identity", len(page())), ("gzip", len(compressed))):
        found = median_round([result[coding] for result in rounds])
        print(
            f"| dashboard, {coding}, {size:,} bytes | {found['ours']:,.0f}/s, {quantiles(found['latency'])}, "
            f"{found['failures']} failed | {found['peer']:,.0f}/s, {quantiles(found['peer latency'])} "
            f"| {found['ratio']:.2f}× | ≥ 0.6× |")


main()
