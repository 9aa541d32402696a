"""Measures Hearback beside its peers on this machine, in one run, and prints ratios.

Everything talks to loopback or to a unix socket. PostgreSQL runs with the settings of the embedded cluster, fsync and
synchronous_commit on, for Hearback and for its peers alike.
"""

import argparse
import datetime
import os
import platform
import pwd
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "Benchmarks"
PROGRAM = ROOT / ".build" / "release" / "hearback"
PORT, NGINX_PORT = 18080, 18081
CONNECTIONS, THREADS = 128, 2


def say(text):
    print(text, file=sys.stderr, flush=True)


def postgres_programs():
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1]


class Cluster:
    """A cluster that the embedded one has made, run by this script so that no command's end stops it."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(
            [PROGRAM, "migrate", "--data", folder], check=True, stdout=subprocess.DEVNULL, env=without_url())
        self.cluster = Path(folder) / "postgres"
        self.socket = Path(folder) / "benchmark-socket"
        self.socket.mkdir(mode=0o711)
        owner = self.cluster.stat().st_uid
        os.chown(self.socket, owner, -1)
        self.prefix = [] if os.geteuid() == owner else ["runuser", "-u", pwd.getpwuid(owner).pw_name, "--"]
        self.control("start", "-w", "-l", str(self.socket / "log"), "-o", f"-k {self.socket} -c max_connections=100")

    def control(self, *arguments):
        subprocess.run(
            [*self.prefix, postgres_programs() / "pg_ctl", "-D", self.cluster, *arguments], check=True,
            stdout=subprocess.DEVNULL)

    def url(self, database="hearback"):
        return f"host={self.socket} user=hearback dbname={database}"

    def psql(self, *statements, database="hearback"):
        arguments = [argument for statement in statements for argument in ("-c", statement)]
        return subprocess.run(
            [postgres_programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", self.url(database), *arguments],
            check=True, capture_output=True, text=True).stdout.strip()

    def count_responses(self, database):
        return int(self.psql("select count(*) from response", database=database))

    def pgbench(self, clients, seconds, invitations, database):
        self.psql("checkpoint")
        before = self.count_responses(database)
        output = subprocess.run(
            [postgres_programs() / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(THREADS), "-T",
             str(seconds), "-D", f"invitations={invitations}", "-f", HERE / "answer.sql", self.url(database)],
            check=True, capture_output=True, text=True).stdout
        latency = re.search(r"latency average = ([\d.]+) ms", output).group(1)
        return (self.count_responses(database) - before) / seconds, latency


def without_url(**more):
    return {**{key: value for key, value in os.environ.items() if key != "DATABASE_URL"}, **more}


def hearback(cluster, *arguments, database="hearback", **options):
    return subprocess.run(
        [PROGRAM, *arguments, "--data", cluster.folder], check=True, text=True,
        env=without_url(DATABASE_URL=cluster.url(database)), **options)


class Server:
    """`hearback serve` on the benchmark's cluster."""

    def __init__(self, cluster, page):
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", cluster.folder, "--listen", f"127.0.0.1:{PORT}"], stdout=subprocess.DEVNULL,
            env=without_url(DATABASE_URL=cluster.url()))
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}{page}").read()
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.002)
        self.start_seconds = time.perf_counter() - started

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


def wrk(port, seconds, *script, path=""):
    output = subprocess.run(
        ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency", "--timeout", "20s",
         *(["-s", script[0]] if script else []), f"http://127.0.0.1:{port}{path}", *(["--", *script[1:]] if script else [])],
        check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    failures = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    latency = {name: re.search(rf"^ +{name}%\s+([\d.]+\w+)", output, re.MULTILINE).group(1) for name in ("50", "99")}
    return float(found.group(1)), latency, int(failures.group(1)) if failures else 0


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


def measure_answers(cluster, seconds, invitations, links):
    peers = {}
    for clients in (8, 64):
        say(f"answers one at a time, pgbench with {clients} clients")
        cluster.psql("create database peer template hearback")
        peers[clients] = cluster.pgbench(clients, seconds, invitations, "peer")
        cluster.psql("drop database peer")
    say("answers over HTTP")
    server = Server(cluster, links.first)
    cluster.psql("checkpoint")
    before = cluster.count_responses("hearback")
    _, latency, failures = wrk(PORT, seconds, HERE / "answers.lua", str(links.file), str(THREADS))
    stored = (cluster.count_responses("hearback") - before) / seconds
    memory = server.memory()
    server.stop()
    return stored, latency, failures, peers, memory, server.start_seconds


def measure_pages(cluster, seconds, links):
    say("survey pages")
    server = Server(cluster, links.last)
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{links.last}") as response:
        page = response.read()
    ours, latency, failures = wrk(PORT, seconds, HERE / "pages.lua", str(links.unanswered), str(THREADS))
    server.stop()
    say("the same bytes, nginx")
    folder = Path(cluster.folder) / "nginx"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "page.html").write_bytes(page)
    (folder / "nginx.conf").write_text(f"""
        worker_processes {os.cpu_count()}; daemon off; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ text/html html; }}
            server {{ listen 127.0.0.1:{NGINX_PORT}; root {folder}; }}
        }}""")
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{NGINX_PORT}/page.html").read()
                break
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.01)
        peer, peer_latency, _ = wrk(NGINX_PORT, seconds, path="/page.html")
    finally:
        nginx.terminate()
        nginx.wait()
    return ours, latency, failures, peer, peer_latency, len(page)


class Links:
    """The paths of all open invitations in random order, in a file."""

    def __init__(self, cluster):
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
        stored, latency, failures, peers, memory, start = measure_answers(cluster, options.seconds, links.count, links)
        pages, page_latency, page_failures, nginx, nginx_latency, size = measure_pages(cluster, options.seconds, links)
    finally:
        cluster.control("stop", "-m", "fast")
        shutil.rmtree(folder)
    best = max(peers, key=lambda clients: peers[clients][0])
    peer_text = ", ".join(f"{clients} clients {rate:,.0f}/s at {ms} ms" for clients, (rate, ms) in peers.items())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, PostgreSQL {postgres_programs().parent.name}\n")
    print("| what | Hearback | peer | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    print(
        f"| durable answers over HTTP, {CONNECTIONS} connections, {links.count:,} open invitations | {stored:,.0f}/s, "
        f"p50 {latency['50']}, p99 {latency['99']}, {failures} failed | pgbench: {peer_text} "
        f"| {stored / peers[best][0]:.2f}× | ≥ 2.0× |")
    print(
        f"| survey page, GET, {size:,} bytes | {pages:,.0f}/s, p50 {page_latency['50']}, p99 {page_latency['99']}, "
        f"{page_failures} failed | nginx: {nginx:,.0f}/s, p50 {nginx_latency['50']}, p99 {nginx_latency['99']} "
        f"| {pages / nginx:.2f}× | ≥ 0.6× |")
    print(
        f"| import of {options.rows:,} interactions | {imported:,.0f} rows/s | COPY: {copied:,.0f} rows/s "
        f"| {imported / copied:.2f}× | ≥ 0.5× |")
    print(f"| memory of the server after the answers | {memory:.0f} MB resident | – | – | ≤ 150 MB |")
    print(f"| start to first answered request | {start:.2f} s | – | – | ≤ 0.5 s |")
    print(f"| deciding about {options.rows:,} resolutions and listing their links | {decided:.0f} s | – | – | – |")


main()
