"""A file system that is really full: the old site stays whole, and the new one is built when there is room again."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from wire import answer


@contextmanager
def small_disk(folder):
    """A file system of its own at a folder, with a function that gives it another size."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root only")
    try:
        yield lambda size: subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)
    finally:
        subprocess.run(["umount", folder], check=True)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_old_site_stays_whole_on_a_full_disk(answered):
    site, other = Path(answered.folder) / "disk", Path(answered.folder) / "other"
    with small_disk(site) as resize:
        answered.run("dashboards", "build", "--out", str(site))
        before = files(site)
        for row in answered.links()[:5]:
            assert answer(row["link"], survey="1", lang="en", nps=0)[0] == 200
        answered.stop()
        used = sum(-(-len(body) // 4096) * 4096 for body in before.values())
        resize(used + 200_000)
        refused = answered.run("dashboards", "build", "--out", str(site), check=False)
        assert refused.returncode != 0 and "No space left on device" in refused.stderr, refused.stderr
        after = files(site)
        assert {name: body for name, body in after.items() if not name.startswith(".unfinished/")} == before
        resize("64m")
        answered.run("dashboards", "build", "--out", str(site))
        answered.run("dashboards", "build", "--out", str(other))
        assert files(site) == files(other) != before
