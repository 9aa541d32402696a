"""Runs the built program as its users would: as a process, over HTTP, in a real browser."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import centre
from processes import postgres_processes, wait_for

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "debug" / "hearback"
FIXTURES = Path(__file__).parent / "fixtures"


class Hearback:
    """A data folder, commands on it, and at most one server."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        self.base = None
        # Most tests read dashboards as if behind a proxy with a sign-in of its own.
        self.serving = ["--open-dashboards"]
        self.environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}

    def popen(self, *arguments, **options):
        return subprocess.Popen([PROGRAM, *arguments, "--data", self.folder], env=self.environment, **options)

    def run(self, *arguments, check=True):
        result = subprocess.run(
            [PROGRAM, *arguments, "--data", self.folder],
            capture_output=True, text=True, env=self.environment, timeout=300)
        if check and result.returncode != 0:
            raise AssertionError(f"{arguments}: exit {result.returncode}\n{result.stdout}\n{result.stderr}")
        return result

    def start(self, *arguments):
        """Starts the server and returns when it accepts requests; what it then prints more is left in its pipe."""
        log = Path(f"{self.folder}/serve.log")
        with open(log, "ab") as errors:
            self.process = self.popen(
                "serve", "--listen", "127.0.0.1:0", *self.serving, *arguments, stdout=subprocess.PIPE, stderr=errors, text=True)
        for line in self.process.stdout:
            if found := re.search(r"dashboards\s+(https?://[^/]+)/dashboards/", line):
                self.base = found.group(1)
                return self
        raise AssertionError("the server did not start:\n" + log.read_text())

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.process = None
        return code

    def links(self):
        """The open invitations, newest first, with their links."""
        listing = self.run(
            "invitations", "--open", "--issue", "--links", "--base", self.base, "--limit", "0", "--format", "json")
        return json.loads(listing.stdout)

    def ask(self, customers):
        """Lets customers call, each by reference and language, and returns the links by which they can answer."""
        people = [{"ref": ref, "language": language} for ref, language in customers.items()]
        calls = [
            {
                "ref": f"i-{ref}", "customer": ref, "agent": "Ana", "topic": "Payment plan",
                "started_at": "2026-11-01T10:00:00Z", "talk_seconds": 300, "wrap_seconds": 60,
            }
            for ref in customers
        ]
        for kind, items in (("customers", people), ("interactions", calls)):
            path = Path(self.folder) / f"{kind}.jsonl"
            path.write_text("".join(json.dumps(item) + "\n" for item in items))
            self.run("import", kind, str(path))
        return {row["customer"]: row["link"] for row in self.links() if row["customer"] in customers}

    def measures(self, *arguments):
        """The printed measures by their identifier."""
        rows = json.loads(self.run("measures", "--format", "json", *arguments).stdout)
        return {row["measure"]: row for row in rows}

    def remove(self):
        """Ends what still runs on the folder, and removes it."""
        if self.process:
            self.stop()
        for process in postgres_processes(self.folder):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGQUIT)
        wait_for(lambda: not postgres_processes(self.folder), seconds=60)
        shutil.rmtree(self.folder)


def data_folder():
    # Beside the system's other temporary folders, where PostgreSQL's unprivileged user can reach it.
    folder = tempfile.mkdtemp(prefix="hearback-test-")
    os.chmod(folder, 0o711)
    return folder


@pytest.fixture
def fresh():
    """A data folder with nothing in it."""
    program = Hearback(data_folder())
    yield program
    program.remove()


@pytest.fixture(scope="session")
def migrated():
    """A data folder to copy, which is quicker than making a cluster for each test."""
    program = Hearback(data_folder())
    program.run("policy", "publish", str(FIXTURES / "at-once.yaml"))
    yield program.folder
    program.remove()


@pytest.fixture
def hearback(fresh, migrated):
    """A data folder with an empty database."""
    # With the owners and modes that PostgreSQL insists on.
    subprocess.run(["cp", "--archive", f"{migrated}/.", fresh.folder], check=True)
    return fresh


def with_three_customers(program):
    program.start()
    links = program.ask({f"c-{language}": language for language in ("en", "es", "ar")})
    program.by_language = {customer.removeprefix("c-"): link for customer, link in links.items()}
    return program


@pytest.fixture
def served(hearback):
    """A server with three customers who can be asked, in English, Spanish and Arabic."""
    return with_three_customers(hearback)


@pytest.fixture
def answered(hearback):
    """A server whose customers have answered."""
    centre.fill(hearback)
    return hearback


@pytest.fixture(scope="session")
def unanswered(migrated):
    """The same, for all tests that only look."""
    program = Hearback(data_folder())
    subprocess.run(["cp", "--archive", f"{migrated}/.", program.folder], check=True)
    yield with_three_customers(program)
    program.remove()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()
