"""Ctrl-C while something long is under way."""

import os
import pty
import re
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

from conftest import PROGRAM
from processes import postgres_processes, wait_for
from wire import answer


@contextmanager
def on_a_terminal(program, *arguments):
    """Runs a command whose progress is shown on a terminal of the test's."""
    terminal, its_end = pty.openpty()
    process = program.popen(*arguments, stdout=its_end, stderr=its_end)
    os.close(its_end)
    try:
        yield process, terminal
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(terminal)


def read_until(terminal, pattern):
    shown = ""
    while not re.search(pattern, shown):
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            piece = b""
        assert piece, f"it ended without {pattern}: {shown}"
        shown += piece.decode(errors="replace")


def interrupt(process, terminal):
    """Sends what Ctrl-C sends, and returns the exit code once the process has ended."""
    process.send_signal(signal.SIGINT)
    os.set_blocking(terminal, False)

    def ended():
        # A terminal that nobody reads would hold the process up.
        try:
            os.read(terminal, 65536)
        except OSError:
            pass
        return process.poll() is not None

    wait_for(ended, seconds=60)
    return process.returncode


def assert_nothing_runs(program):
    wait_for(lambda: not postgres_processes(program.folder))


def test_an_interrupted_demo_leaves_nothing_running_and_is_finished_the_next_time(fresh):
    with on_a_terminal(fresh, "serve", "--demo", "--listen", "127.0.0.1:0") as (process, terminal):
        wait_for(lambda: postgres_processes(fresh.folder))
        interrupt(process, terminal)
    assert_nothing_runs(fresh)
    with on_a_terminal(fresh, "serve", "--demo", "--listen", "127.0.0.1:0") as (process, terminal):
        read_until(terminal, r"Making a year of a demo centre \S+ [3-9] %")
        assert interrupt(process, terminal) != 0
    assert_nothing_runs(fresh)
    fresh.start("--demo")
    link = re.search(r"a survey +(http\S+)", fresh.process.stdout.readline()).group(1)
    assert answer(link, nps=9)[0] == 200
    assert fresh.stop(signal.SIGINT) == 0
    assert_nothing_runs(fresh)


def test_an_interrupted_import_keeps_nothing(hearback):
    file = Path(hearback.folder) / "calls.csv"
    subprocess.run([PROGRAM, "demo", "calls", "--count", "60000", "--out", file], check=True, capture_output=True)
    with on_a_terminal(hearback, "import", "interactions", str(file)) as (process, terminal):
        read_until(terminal, r"Importing interactions \S+ ([2-9]\d) %")
        assert interrupt(process, terminal) != 0
    assert_nothing_runs(hearback)
    assert [path.name for path in Path(hearback.folder).glob("calls.csv*")] == ["calls.csv"]
    beginning = Path(hearback.folder) / "beginning.csv"
    with open(file) as lines:
        beginning.write_text("".join(line for line, _ in zip(lines, range(51))))
    counts = re.findall(r"^(\w+) +(\d+)$", hearback.run("import", "interactions", str(beginning)).stdout, re.MULTILINE)
    assert dict(counts)["created"] == "50"


def test_an_interruption_while_postgresql_starts_leaves_nothing_running(hearback):
    with on_a_terminal(hearback, "measures") as (process, terminal):
        wait_for(lambda: postgres_processes(hearback.folder))
        interrupt(process, terminal)
    assert_nothing_runs(hearback)
