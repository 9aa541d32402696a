"""What the benchmarks share: the programs on this machine that they run, and the load that they put on them."""

import os
import pwd
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "Benchmarks"
PROGRAM = ROOT / ".build" / "release" / "hearback"
PORT, NGINX_PORT, OPEN_PORT = 18080, 18081, 18082
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
        self.socket.mkdir(mode=0o711, exist_ok=True)
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

    def __init__(self, cluster, page, database="hearback", port=PORT, is_open=True, options=()):
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", cluster.folder, *(["--open-dashboards"] if is_open else []), *options,
             "--listen", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
            env=without_url(DATABASE_URL=cluster.url(database)))
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{page}").read()
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


def wrk(address, seconds, *arguments, script=()):
    """Requests a second, latencies and failures of a load on an address, with further options and a script's arguments."""
    output = subprocess.run(
        ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency", "--timeout", "20s",
         *arguments, address, *(["--", *script] if script else [])],
        check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    failures = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    latency = {name: re.search(rf"^ +{name}%\s+([\d.]+\w+)", output, re.MULTILINE).group(1) for name in ("50", "99")}
    return float(found.group(1)), latency, int(failures.group(1)) if failures else 0


def median_round(rounds):
    return sorted(rounds, key=lambda result: result["ratio"])[len(rounds) // 2]


def quantiles(latency):
    return f"p50 {latency['50']}, p99 {latency['99']}"


class Nginx:
    """nginx that answers every request with one file, or with its compressed form to those who take it."""

    def __init__(self, folder, page, compressed=None):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(page)
        if compressed:
            (folder / "page.html.gz").write_bytes(compressed)
        (folder / "nginx.conf").write_text(f"""
            worker_processes {os.cpu_count()}; daemon off; pid {folder}/pid; error_log {folder}/error.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ text/html html; }}
                gzip_static {"on" if compressed else "off"};
                server {{
                    listen 127.0.0.1:{NGINX_PORT}; root {folder};
                    location / {{ try_files /page.html =404; }}
                }}
            }}""")
        self.folder = folder

    def __enter__(self):
        self.process = subprocess.Popen(
            ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{NGINX_PORT}/page.html").read()
                return
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.01)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
