"""The dashboards' pages, opened from disk as readers open them: every kind of page, with names and comments of every kind."""

import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import expect

import centre
from accessibility import DESKTOP, PHONE, violations
from conftest import Hearback, data_folder
from wire import answer

LONG = "Maria Magdalena Wolfeschlegelsteinhausenbergerdorff-Fitzgerald"
ARABIC = "ليلى بنت عبد الرحمن"
HOSTILE = "<script>alert(1)</script>"
AGENTS = [LONG, ARABIC, f"{HOSTILE}\"'>"]


def said_of(hearback, agents):
    """Lets each agent's customers call and answer, with a comment of each kind."""
    start = datetime.now(timezone.utc) - timedelta(days=3)
    centre.import_records(hearback, "agents", (
        {"ref": f"a{place}", "name": name, "team": name} for place, name in enumerate(agents)))
    centre.import_records(hearback, "interactions", (
        {"ref": f"s{place}.{call}", "customer": f"s{place}.{call}", "agent": f"a{place}", "topic": name, "portfolio": name,
         "started_at": centre.iso(start), "talk_seconds": 60 + call}
        for place, name in enumerate(agents) for call in range(8)))
    for row in hearback.links():
        if row["customer"].startswith("s"):
            comment = [HOSTILE, ARABIC, "x" * 400, "Kind.\n\nAnd quick."][int(row["customer"][-1]) % 4]
            assert answer(row["link"], survey="1", lang="en", nps=9, csat=5, ces=2, resolved="yes", comment=comment)[0] == 200


@pytest.fixture(scope="module")
def site(migrated):
    """The folder of a site with everything in it."""
    program = Hearback(data_folder())
    subprocess.run(["cp", "--archive", f"{migrated}/.", program.folder], check=True)
    centre.fill(program)
    said_of(program, AGENTS)
    folder = data_folder()
    program.run("dashboards", "build", "--out", folder)
    yield Path(folder)
    program.remove()
    shutil.rmtree(folder)


def pages_of(site):
    """Every page of the standard period and those without one; of the agents only those with unusual names."""
    paths = [*site.glob("*.html"), *site.glob("answers/*.html"), *site.glob("agents/[5-7].html")]
    return sorted(str(path.relative_to(site)) for path in paths)


def problems(site, chromium, **options):
    """By page: what is broken for some readers, what needs a wider screen, and what was asked of anybody else."""
    found = {}
    context = chromium.new_context(**options)
    for name in pages_of(site):
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.goto((site / name).as_uri())
        problem = violations(page)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > options["viewport"]["width"]:
            problem.append(("too wide", width))
        problem += [("asked", url) for url in asked[1:] if not url.startswith("data:")]
        if page.locator("script").count():
            problem.append(("script", page.locator("script").count()))
        if problem:
            found[name] = problem
        page.close()
    context.close()
    return found


@pytest.mark.parametrize("scheme, viewport", [("light", PHONE), ("dark", DESKTOP)], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_page(site, chromium, scheme, viewport):
    assert len(pages_of(site)) >= 15
    assert problems(site, chromium, color_scheme=scheme, viewport=viewport) == {}


def test_axe_finds_nothing_on_pages_without_data(hearback, chromium):
    hearback.run("dashboards", "build")
    empty = Path(hearback.folder) / "site"
    assert len(pages_of(empty)) >= 11
    assert problems(empty, chromium, color_scheme="light", viewport=PHONE) == {}


def test_what_people_wrote_is_shown_as_they_wrote_it(site, chromium):
    page = chromium.new_page()
    for name in AGENTS:
        page.goto((site / "agents.html").as_uri())
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.locator("h1")).to_have_text(name)
        comments = page.locator("blockquote").all_inner_texts()
        assert HOSTILE in comments and ARABIC in comments and len(comments) == 8
    page.close()


def test_every_link_of_a_page_leads_to_a_page(site, chromium):
    page = chromium.new_page()
    for name in pages_of(site):
        page.goto((site / name).as_uri())
        for address in page.locator("a").evaluate_all("links => links.map(link => link.href)"):
            path, _, fragment = address.removeprefix("file://").partition("#")
            assert Path(path).is_file(), (name, address)
            if fragment and Path(path) == site / name:
                assert page.locator(f"[id='{fragment}']").count() == 1, (name, address)
    page.close()
