"""From a closed complaint to a figure on a page."""

import json
import shutil
from pathlib import Path

from playwright.sync_api import expect

from accessibility import violations
from conftest import FIXTURES, ROOT
from processes import wait_for
from wire import fetch

MAPPINGS = ROOT / "Docs" / "mappings"


def import_bank(hearback, kind, file, mapping):
    copy = Path(hearback.folder) / file
    shutil.copy(FIXTURES / file, copy)
    result = hearback.run("import", kind, str(copy), "--map", str(MAPPINGS / mapping))
    counts = {
        line.split()[0]: int(line.split()[1]) for line in result.stdout.splitlines() if len(line.split()) == 2
        and line.split()[1].isdigit()
    }
    refused = Path(str(copy) + ".refused.csv")
    return counts, refused.read_text().splitlines()[1:] if refused.exists() else []


def test_files_are_imported_surveyed_answered_in_a_browser_and_shown(hearback, chromium):
    hearback.run("organisation", "--name", "Harbor Care", "--zone", "America/New_York")
    calls, refused_calls = import_bank(hearback, "interactions", "calls.csv", "bank-calls.yaml")
    complaints, refused = import_bank(hearback, "complaints", "complaints.csv", "bank-complaints.yaml")
    assert (calls["created"], calls["refused"], calls["read"]) == (3, 1, 4)
    assert (complaints["created"], complaints["refused"], complaints["read"]) == (3, 2, 5)
    assert [line.split(",")[0] for line in refused] == ["5", "6"]
    again, _ = import_bank(hearback, "complaints", "complaints.csv", "bank-complaints.yaml")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)

    hearback.start()
    links = {row["complaint"]: row["link"] for row in hearback.links()}
    assert set(links) == {"CR1", "CR2"}
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(links["CR1"] + "?nps=10")
    page.locator("input[name=csat][value='5']").check(force=True)
    page.locator("input[name=resolved][value='yes']").check(force=True)
    page.click("button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Thank you")

    measures = hearback.measures("--from", "2026-01-01")
    assert measures["nps"]["n"] == 1 and measures["response-rate"]["n"] == 2
    assert measures["aht"]["n"] == 2 and measures["fcr-observed"]["n"] == 2

    def shown():
        return "1 answer" in fetch(hearback.base + "/dashboards/")[1]

    wait_for(shown)
    by_agent = json.loads(
        hearback.run("measures", "--from", "2026-01-01", "--by", "agent", "--format", "json").stdout)
    assert {row["name"]: row["n"] for row in by_agent if row["measure"] == "nps"} == {
        "MIRA": 1, "NOOR": 0, "not recorded": 0}


def test_the_demos_dashboard_is_accessible_wide_and_narrow(hearback, chromium):
    hearback.run("demo", "fill")
    out = Path(hearback.folder) / "built"
    hearback.run("dashboards", "build", "--out", str(out))
    first = (out / "index.html").read_bytes()
    assert "Nothing has changed" in hearback.run("dashboards", "build", "--out", str(out)).stdout
    assert (out / "index.html").read_bytes() == first
    for width in (320, 1280):
        for scheme in ("light", "dark"):
            context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.goto((out / "index.html").as_uri())
            assert violations(page) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("script").count() == 0
            context.close()
