"""Measures figures and dashboards over ten million interactions, beside plain SQL over the same facts, and prints ratios.

Everything talks to loopback or to a unix socket, in one cluster with the settings of the embedded one, fsync and
synchronous_commit on. Before anything is timed, the cells' sums are compared with what plain SQL finds in the facts.
"""

import argparse
import csv
import datetime
import http.client
import io
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import cells
from common import HERE, PORT, PROGRAM, ROOT, Cluster, Server, hearback, postgres_programs, say, without_url

# How many answers the overview says its NPS is from.
SHOWN_ANSWERS = re.compile(r'<a href="#nps">.*?<p class="note">([\d\s]+?)\s+answers?</p>', re.DOTALL)
OVERVIEW = "index.html"
ANSWERS_PER_SECOND = 100
ANSWER = "lang=en&survey={version}&nps=9&csat=5&ces=2&resolved=yes&comment=Friendly+and+quick."


def psql(cluster, database, *arguments, text=None, **variables):
    settings = [argument for name, value in variables.items() for argument in ("-v", f"{name}={value}")]
    return subprocess.run(
        [postgres_programs() / "psql", "-Xq", "-v", "ON_ERROR_STOP=1", *settings, cluster.url(database), *arguments],
        check=True, text=True, input=text, stdout=subprocess.PIPE).stdout


def measured(cluster, *arguments, database="hearback", prefix=()):
    """Runs a command of the program: its output, its seconds, and the most memory it had, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [*prefix, PROGRAM, *arguments, "--data", cluster.folder], stdout=subprocess.PIPE, text=True,
        env=without_url(DATABASE_URL=cluster.url(database)))
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return output, time.perf_counter() - started, usage.ru_maxrss / 1024


def fill(cluster, database, interactions, agents, end):
    say(f"filling in {interactions:,} interactions")
    started = time.perf_counter()
    psql(cluster, database, "-f", HERE / "history.sql", interactions=interactions, agents=agents, end=end)
    say(f"  {time.perf_counter() - started:.0f} s")


class Period:
    """The days of the history, and the moment before which repeat windows count as closed."""

    def __init__(self, end, closed_before):
        self.first, self.last = end - datetime.timedelta(days=365), end - datetime.timedelta(days=1)
        self.closed_before = closed_before

    @property
    def variables(self):
        return {"from": self.first, "to": self.last, "closed_before": self.closed_before}


def last_full_hour():
    return datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0).isoformat()


def rows(cluster, file, period):
    return list(csv.DictReader(io.StringIO(psql(cluster, "hearback", "--csv", "-f", file, **period.variables))))


def compare_with_facts(cluster, period):
    """Refuses to go on when a figure's cells do not add up to what plain SQL finds in the facts."""
    for file in sorted((HERE / "from-cells").glob("*.sql")):
        from_cells = rows(cluster, file, period)
        names = from_cells[0].keys()
        # Sums that are empty for a week are 0 in one of the two.
        plain = [{name: row[name] for name in names} for row in rows(cluster, HERE / "plain" / file.name, period)]
        if [numbers(row) for row in from_cells] != [numbers(row) for row in plain]:
            raise SystemExit(f"{file.stem}: the cells do not add up to the facts")


def numbers(row):
    return {name: float(value) if re.fullmatch(r"-?[\d.]+", value) else value for name, value in row.items()}


def measure_figures(cluster, period):
    """Milliseconds of one overview from cells and of plain SQL, both when everything has been read before."""
    plain = {}
    for _ in range(2):
        for file in sorted((HERE / "plain").glob("*.sql")):
            started = time.perf_counter()
            psql(cluster, "hearback", "-f", file, **period.variables)
            plain[file.stem] = time.perf_counter() - started
    timing = hearback(
        cluster, "measures", "--from", str(period.first), "--to", str(period.last), "--format", "json", "--timing",
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr
    say("  plain SQL: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in plain.items()))
    return float(re.search(r"figures: ([\d.]+) ms", timing).group(1)), sum(plain.values()) * 1000


def measure_rebuild(cluster, end):
    say("the cells' statements in psql")
    period = Period(end, last_full_hour())
    script = cells.script(period.first, period.last, period.closed_before, "UTC")
    times = cells.times(psql(cluster, "hearback", "-f", "-", text=script))
    say("  " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items()))
    say("rebuilding all cells")
    period = Period(end, last_full_hour())
    output, _, memory = measured(cluster, "verify", "--rebuild")
    seconds = float(re.search(r"in ([\d.]+) s", output).group(1))
    psql(cluster, "hearback", "-c", "vacuum analyze")
    return period, seconds, sum(times.values()), memory


def measure_pages(cluster, folder):
    """How many pages in how many seconds, with the program on one core and PostgreSQL on any."""
    output, _, memory = measured(
        cluster, "dashboards", "build", "--out", folder, "--timing", prefix=("taskset", "-c", "0"))
    pages, seconds = re.search(r"pages: (\d+) in ([\d.]+)", output).groups()
    return int(pages), float(seconds), memory


def one_answer(cluster, database):
    """Stores an answer as the program does."""
    psql(cluster, database, "-c", """
        with stored as (
            insert into response (invitation_id, answered_at, language, nps, csat, ces, ces_points, resolved)
            select invitation_id, now(), language, 9, 5, 2, 5, true
            from invitation i
            where issued_at > now() - interval '10 days' and expires_at > now()
                and not exists (select from response r where r.invitation_id = i.invitation_id)
            order by issued_at
            limit 1
            returning invitation_id
        )
        insert into stale_day (fact, day)
        select unnest(array['totals', 'answers']::fact[]), (now() at time zone time_zone)::date from organisation, stored
        """)


def refresh(cluster, database):
    output = hearback(
        cluster, "dashboards", "refresh", "--timing", database=database, stdout=subprocess.PIPE).stdout
    return float(re.search(r"refreshed: ([\d.]+) ms", output).group(1))


def measure_refresh(cluster, rounds):
    """Milliseconds of a refresh after one answer with the whole history, and with a tenth of it, in turn."""
    times = {"hearback": [], "small": []}
    for database in times:
        refresh(cluster, database)
    for _ in range(rounds):
        for database, all_times in times.items():
            one_answer(cluster, database)
            all_times.append(refresh(cluster, database))
    return statistics.median(times["hearback"]), statistics.median(times["small"])


class Watcher(threading.Thread):
    """Looks at a written page again and again, and notes when it shows how many answers."""

    def __init__(self, page):
        super().__init__(daemon=True)
        self.page = page
        self.seen = []
        self.is_done = threading.Event()

    def run(self):
        known = None
        while not self.is_done.wait(0.005):
            try:
                status = os.stat(self.page)
                if known == (status.st_ino, status.st_mtime_ns):
                    continue
                known = (status.st_ino, status.st_mtime_ns)
                found = SHOWN_ANSWERS.search(self.page.read_text())
            except FileNotFoundError:
                continue
            if found:
                self.seen.append((time.perf_counter(), int(re.sub(r"\s", "", found.group(1)))))

    @property
    def count(self):
        return self.seen[-1][1] if self.seen else None


def send_answers(links, body, start, accepted, number, senders):
    """Sends every so-manieth answer at its time, and notes when each is accepted."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    for place in range(number, len(links), senders):
        time.sleep(max(0, start + place / ANSWERS_PER_SECOND - time.perf_counter()))
        connection.request("POST", links[place], body, {"Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        response.read()
        if response.status < 400:
            accepted.append(time.perf_counter())


def measure_answers(cluster, seconds):
    """Seconds from an answer's acceptance until the page shows it: p50, p99, and how many answers there were."""
    listing = hearback(
        cluster, "invitations", "--open", "--issue", "--links", "--base", "", "--limit", str(seconds * ANSWERS_PER_SECOND),
        "--format", "csv", capture_output=True).stdout
    links = [line.rsplit(",", 1)[1].strip() for line in listing.splitlines()[1:]]
    version = cluster.psql("select max(survey_version_id) from survey_version")
    server = Server(cluster, links[0])
    watcher = Watcher(Path(cluster.folder) / "site" / OVERVIEW)
    watcher.start()
    try:
        before = shown_when_still(watcher, cluster)
        accepted, senders = [], 16
        stored = cluster.count_responses("hearback")
        start = time.perf_counter() + 0.1
        threads = [
            threading.Thread(
                target=send_answers, args=(links, ANSWER.format(version=version), start, accepted, number, senders))
            for number in range(senders)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stored = cluster.count_responses("hearback") - stored
        if not stored == len(accepted) == len(links):
            raise SystemExit(f"of {len(links)} answers {len(accepted)} were accepted and {stored} stored")
        deadline = time.perf_counter() + 120
        while watcher.count < before + stored and time.perf_counter() < deadline:
            time.sleep(0.05)
    finally:
        watcher.is_done.set()
        server.stop()
    waits = sorted(waiting_times(sorted(accepted), watcher.seen, before))
    return waits[len(waits) // 2], waits[len(waits) * 99 // 100], len(waits)


def waiting_times(accepted, seen, before):
    """From each answer's acceptance to the first page that counts it; the n-th accepted is taken for the n-th counted."""
    position = 0
    for ordinal, at in enumerate(accepted, 1):
        while position < len(seen) and seen[position][1] < before + ordinal:
            position += 1
        if position == len(seen):
            raise SystemExit(f"the page never showed answer {ordinal} of {len(accepted)}")
        # An answer may be counted before its reply has arrived.
        yield max(0, seen[position][0] - at)


def shown_when_still(watcher, cluster):
    """The count on the page once it shows all that is stored, and the server has nothing left to do."""
    deadline = time.perf_counter() + 600
    while time.perf_counter() < deadline:
        time.sleep(2)
        expected = int(cluster.psql(
            "select count(nps) from response, organisation where (answered_at at time zone time_zone)::date"
            " > (now() at time zone time_zone)::date - 28"))
        is_stale = cluster.psql("select exists (select from stale_day)") == "t"
        if watcher.count == expected and not is_stale:
            return expected
    raise SystemExit(f"the page shows {watcher.count} answers, and there are {expected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000, help="interactions of the whole history")
    parser.add_argument("--agents", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=60, help="how long answers are sent")
    parser.add_argument("--rounds", type=int, default=9, help="how often a refresh is measured")
    parser.add_argument("--folder", help="where the databases are kept; those filled there on the same day are used again")
    parser.add_argument("--fill", action="store_true", help="only fill the databases of --folder")
    options = parser.parse_args()
    end = datetime.datetime.now(datetime.timezone.utc).date()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    folder = options.folder or tempfile.mkdtemp(prefix="hearback-benchmark-")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o755)
    filled = Path(folder) / f"filled-{options.rows}-{options.agents}-{end}"
    if os.listdir(folder) and not filled.exists():
        raise SystemExit(f"{folder} was filled on another day or with other numbers; empty it first")
    cluster = Cluster(folder)
    table = []

    def tell(*row):
        table.append("| " + " | ".join(row) + " |")
        say("  " + table[-1])

    try:
        if not filled.exists():
            hearback(
                cluster, "survey", "publish", str(ROOT / "Sources" / "Feedback" / "Surveys" / "after-contact.yaml"),
                stdout=subprocess.DEVNULL)
            cluster.psql("create database small template hearback", database="postgres")
            fill(cluster, "hearback", options.rows, options.agents, end)
            fill(cluster, "small", options.rows // 10, options.agents, end)
            filled.touch()
        if options.fill:
            return

        period, rebuild, statements, rebuild_memory = measure_rebuild(cluster, end)
        tell("rebuild of all cells", f"{rebuild:,.0f} s", f"its statements in psql: {statements:,.0f} s",
             f"{rebuild / statements:.2f}×", "≤ 1.5×")

        say("comparing the figures with the facts")
        compare_with_facts(cluster, period)
        say("figures of one overview")
        figures, plain = measure_figures(cluster, period)
        tell("figures of an overview of 365 days", f"{figures:.2f} ms", f"plain SQL over the facts: {plain:,.0f} ms",
             f"{plain / figures:,.0f}×", "≥ 1,000×")

        say("writing all pages")
        shutil.rmtree(Path(folder) / "site", ignore_errors=True)
        pages, page_seconds, page_memory = measure_pages(cluster, str(Path(folder) / "site"))
        tell("pages written, the program on one core", f"{pages / page_seconds:,.0f}/s ({pages:,} in {page_seconds:.1f} s)", "–",
             "–", "≥ 1,000/s")
        tell("memory of the program while building everything",
             f"cells {rebuild_memory:.0f} MB, pages {page_memory:.0f} MB", "–", "–", "≤ 250 MB")

        say("a refresh after one answer")
        hearback(cluster, "verify", "--rebuild", database="small", stdout=subprocess.DEVNULL)
        cluster.psql("vacuum analyze", database="small")
        whole, tenth = measure_refresh(cluster, options.rounds)
        hearback(cluster, "verify", database="small", stdout=subprocess.DEVNULL)
        tell("refresh after one answer", f"{whole:.1f} ms", f"with {options.rows // 10:,} interactions: {tenth:.1f} ms",
             f"{whole / tenth:.2f}×", "≤ 1.2×")

        say("answers until they are on the page")
        p50, p99, answers = measure_answers(cluster, options.seconds)
        tell(f"an answer until it is on the page, {ANSWERS_PER_SECOND} a second for {options.seconds} s",
             f"p50 {p50:.2f} s, p99 {p99:.2f} s of {answers:,}", "–", "–", "p99 ≤ 2 s")
    finally:
        cluster.control("stop", "-m", "fast")
        if not options.folder:
            shutil.rmtree(folder)
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, PostgreSQL {postgres_programs().parent.name}, "
          f"{options.rows:,} interactions, {options.rows // 10:,} answers, {options.agents:,} agents\n")
    print("| what | Hearback | peer | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    print("\n".join(table))


if __name__ == "__main__":
    main()
