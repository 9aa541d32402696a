"""Figures that there cannot be: a message that says what to change, and nothing half-written."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

import centre


@pytest.mark.parametrize("arguments, message", [
    (("measures", "--from", "2026-02-02", "--to", "2026-02-01"),
     "the period ends (2026-02-01) before it starts (2026-02-02)"),
    (("measures", "--by", "zodiac"), "team, portfolio, agent, topic"),
    (("measures", "--cut", "hour"), "day, week, month, quarter"),
    (("measures", "--from", "2026-02-30"), "2026-02-30"),
    (("measures", "--team", "West"), 'team "West" is not known'),
    (("dashboards", "build", "--agent", "Zoe", "--out", "part"), 'agent "Zoe" is not known'),
    (("measures", "--agent", "A", "--by", "team"), 'agent "A" is not known'),
    (("organisation", "--zone", "Mars/Olympus"), "Mars/Olympus"),
    # PostgreSQL would take it, with the sign the other way round.
    (("organisation", "--zone", "UTC+2"), '"UTC+2" is not a time zone'),
    (("organisation", "--shown-from", "0"), "figures are shown from 1 answer or more"),
    (("organisation", "--full-from", "4"), "figures cannot be shown in full from fewer answers"),
])
def test_what_cannot_be_told_is_refused(hearback, arguments, message):
    result = hearback.run(*arguments, check=False)
    assert result.returncode != 0 and message in result.stderr and "Fatal" not in result.stderr, result
    assert result.stdout == "" and not (Path(hearback.folder) / "site").exists()


def test_a_month_without_data_and_a_survey_without_answers(hearback):
    """Two calls by an agent without a team, four months ago and today; nobody has answered."""
    day = date.today().replace(day=1) - timedelta(days=100)
    centre.import_records(hearback, "interactions", [
        {"ref": f"i{at}", "customer": "c1", "agent": "Solo", "started_at": f"{at}T00:00:00Z", "talk_seconds": 60}
        for at in (day, date.today())])
    hearback.run("verify", "--rebuild")
    empty = day.replace(day=1) + timedelta(days=40)
    period = ["--from", str(empty.replace(day=1)), "--to", str(empty.replace(day=28))]
    for by in ("all", "survey_version", "agent", "team"):
        table = hearback.run("measures", "--all", "--by", by, *period)
        assert "nan" not in table.stdout.lower() and "inf" not in table.stdout.lower()
        rows = json.loads(hearback.run("measures", "--all", "--by", by, *period, "--format", "json").stdout)
        assert all(row["n"] == 0 and row["value"] in (None, 0) for row in rows), rows
    everything = hearback.measures("--all")
    assert everything["nps"]["n"] == 0 and everything["nps"]["value"] is None
    hearback.run("dashboards", "build")
    site = Path(hearback.folder) / "site"
    assert "There is no data" in (site / f"{empty:%Y-%m}" / "index.html").read_text()
    refused = hearback.run("measures", "--agent", "Solo", "--by", "team", check=False)
    assert refused.returncode != 0 and "not kept by team; they are by all, agent, topic" in refused.stderr
    assert "Solo" in (site / f"{day:%Y-%m}" / "agents.html").read_text()
    surveys = (site / "surveys.html").read_text()
    assert "after-contact" in surveys and "NaN" not in surveys
