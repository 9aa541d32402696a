"""Measures Hearback beside its peers on this machine, in one run, and prints ratios.

Everything talks to loopback or to a unix socket. PostgreSQL runs with the settings of the embedded cluster, fsync and
synchronous_commit on, for Hearback and for its peers alike. Answers and pages are measured in rounds, Hearback and its peers in
turn, and the round with the median ratio is told: on a shared machine the speed of everything changes within seconds.
"""

import argparse
import datetime
import os
import platform
import random
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from common import (
    CONNECTIONS, HERE, NGINX_PORT, PORT, PROGRAM, THREADS, Cluster, Nginx, Server, hearback, median_round, postgres_programs,
    quantiles, say, wrk)


def load_links(port, seconds, links, *arguments):
    return wrk(
        f"http://127.0.0.1:{port}", seconds, "-s", HERE / "links.lua", script=[links, str(THREADS), *arguments])


def measure_import(cluster, rows):
    say(f"import of {rows:,} interactions")
    calls = Path(cluster.folder) / "calls.csv"
    subprocess.run([PROGRAM, "demo", "calls", "--count", str(rows), "--out", calls], check=True, stdout=subprocess.DEVNULL)
    cluster.psql("create database peer template hearback", "checkpoint")
    started = time.perf_counter()
    hearback(cluster, "import", "interactions", str(calls), stdout=subprocess.DEVNULL)
    ours = time.perf_counter() - started
    # The same rows into the same table, with its indexes and foreign keys, what they point to being there already.
    tables = ["team", "agent", "portfolio", "topic", "customer", "interaction"]
    copies = Path(cluster.folder) / "copies"
    copies.mkdir()
    for table in tables:
        copy(cluster, f"copy {table} to stdout", "hearback", stdout=copies / table)
    for table in tables[:-1]:
        copy(cluster, f"copy {table} from stdin", "peer", stdin=copies / table)
    cluster.psql("checkpoint")
    started = time.perf_counter()
    copy(cluster, "copy interaction from stdin", "peer", stdin=copies / "interaction")
    peer = time.perf_counter() - started
    cluster.psql("drop database peer")
    calls.unlink()
    shutil.rmtree(copies)
    return rows / ours, rows / peer


def copy(cluster, statement, database, stdin=None, stdout=None):
    with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "wb") as target:
        subprocess.run(
            [postgres_programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", cluster.url(database), "-c", statement],
            check=True, stdin=source, stdout=target)


class CopyOf:
    """A copy of the prepared database, so that every load starts from the same rows."""

    def __init__(self, cluster):
        self.cluster = cluster

    def __enter__(self):
        self.cluster.psql("create database load template hearback", database="postgres")
        self.cluster.psql("checkpoint")
        return "load"

    def __exit__(self, *_):
        self.cluster.psql("drop database load")


def measure_answers(cluster, seconds, invitations, links):
    peers = {}
    for clients in (8, 64):
        say(f"answers one at a time, pgbench with {clients} clients")
        with CopyOf(cluster) as database:
            peers[clients] = cluster.pgbench(clients, seconds, invitations, database)
    say("answers over HTTP")
    with CopyOf(cluster) as database:
        server = Server(cluster, links.first, database)
        before = cluster.count_responses(database)
        _, latency, failures = load_links(PORT, seconds, links.file, "answer")
        stored = (cluster.count_responses(database) - before) / seconds
        memory = server.memory()
        server.stop()
    return {
        "ratio": stored / max(rate for rate, _ in peers.values()), "stored": stored, "latency": latency,
        "failures": failures, "peers": peers, "memory": memory, "start": server.start_seconds}


def measure_pages(cluster, seconds, links):
    say("survey pages")
    server = Server(cluster, links.last)
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{links.last}") as response:
        page = response.read()
    ours, latency, failures = load_links(PORT, seconds, links.unanswered)
    server.stop()
    say("the same bytes, nginx")
    with Nginx(Path(cluster.folder) / "nginx", page):
        peer, peer_latency, _ = load_links(NGINX_PORT, seconds, links.unanswered)
    return {
        "ratio": ours / peer, "pages": ours, "latency": latency, "failures": failures, "nginx": peer,
        "nginx latency": peer_latency, "size": len(page)}


class Links:
    """The paths of all open invitations in random order, in a file."""

    def __init__(self, cluster):
        policy = Path(cluster.folder) / "policy.yaml"
        # Everybody, at once, by a link that is handed over.
        policy.write_text(
            "policies:\n  - {name: all, delay: 0s, stale_after: 36500d, channels: [link], quiet_hours: none, "
            "customer_rest: none, account_rest: none, contact_cap: none}\n")
        hearback(cluster, "policy", "publish", str(policy), stdout=subprocess.DEVNULL)
        listing = hearback(
            cluster, "invitations", "--open", "--issue", "--links", "--base", "", "--limit", "0", "--format", "csv",
            capture_output=True).stdout
        paths = [line.rsplit(",", 1)[1].strip() for line in listing.splitlines()[1:]]
        random.Random(7).shuffle(paths)
        self.count = len(paths)
        self.file = Path(cluster.folder) / "links"
        # The last tenth is kept for reading, so that every page that is read is still open.
        kept = len(paths) // 10
        self.file.write_text("\n".join(paths[:-kept]) + "\n")
        self.unanswered = Path(cluster.folder) / "unanswered-links"
        self.unanswered.write_text("\n".join(paths[-kept:]) + "\n")
        self.first, self.last = paths[0], paths[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="interactions to import and invite for")
    parser.add_argument("--seconds", type=int, default=20, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how often answers and pages are measured")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="hearback-benchmark-")
    os.chmod(folder, 0o755)
    cluster = Cluster(folder)
    try:
        imported, copied = measure_import(cluster, options.rows)
        say("deciding")
        started = time.perf_counter()
        links = Links(cluster)
        decided = time.perf_counter() - started
        # The import's own days are rolled up before the load; the days that answers make stale are refreshed during it.
        hearback(cluster, "dashboards", "build", stdout=subprocess.DEVNULL)
        cluster.psql("vacuum analyze")
        answers = median_round(
            [measure_answers(cluster, options.seconds, links.count, links) for _ in range(options.rounds)])
        pages = median_round([measure_pages(cluster, options.seconds, links) for _ in range(options.rounds)])
    finally:
        cluster.control("stop", "-m", "fast")
        shutil.rmtree(folder)
    peers = ", ".join(f"{clients} clients {rate:,.0f}/s at {ms} ms" for clients, (rate, ms) in answers["peers"].items())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, PostgreSQL {postgres_programs().parent.name}\n")
    print("| what | Hearback | peer | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    print(
        f"| durable answers over HTTP, {CONNECTIONS} connections, {links.count:,} open invitations "
        f"| {answers['stored']:,.0f}/s, {quantiles(answers['latency'])}, {answers['failures']} failed | pgbench: {peers} "
        f"| {answers['ratio']:.2f}× | ≥ 2.0× |")
    print(
        f"| survey page, GET, {pages['size']:,} bytes "
        f"| {pages['pages']:,.0f}/s, {quantiles(pages['latency'])}, {pages['failures']} failed "
        f"| nginx: {pages['nginx']:,.0f}/s, {quantiles(pages['nginx latency'])} | {pages['ratio']:.2f}× | ≥ 0.6× |")
    print(
        f"| import of {options.rows:,} interactions | {imported:,.0f} rows/s | COPY: {copied:,.0f} rows/s "
        f"| {imported / copied:.2f}× | ≥ 0.5× |")
    print(f"| memory of the server after the answers | {answers['memory']:.0f} MB resident | – | – | ≤ 150 MB |")
    print(f"| start to first answered request | {answers['start']:.2f} s | – | – | ≤ 0.5 s |")
    print(f"| deciding about {options.rows:,} resolutions and listing their links | {decided:.0f} s | – | – | – |")


main()
