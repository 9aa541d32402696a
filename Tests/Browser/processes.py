"""Conditions waited for, and the processes that a data folder keeps running."""

import os
import time
from pathlib import Path


def wait_for(condition, seconds=15):
    """Looks again until the condition holds; the limit is only there for a test that fails."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return value


def postgres_processes(folder):
    """The titles of PostgreSQL's processes on the folder's cluster, by process number."""
    home = os.path.realpath(folder)
    titles = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            working_folder = os.readlink(entry / "cwd")
            title = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if working_folder.startswith(home + "/postgres"):
            titles[int(entry.name)] = title
    return titles


