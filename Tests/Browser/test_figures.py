"""Figures, computed a second time by other means: from what the program exports, with Python's csv, math and statistics."""

import csv
import io
import json
import math
import random
import statistics
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from wire import answer

Z = statistics.NormalDist().inv_cdf(0.975)
WINDOW = timedelta(days=7)
AGENTS = ["Ana", "Ben", "Cleo", "Dov"]


def import_records(hearback, kind, records):
    path = Path(hearback.folder) / f"{kind}.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    hearback.run("import", kind, str(path))


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(chance, now):
    """A moment of the last 60 days, whose window does not end while the test runs."""
    while True:
        found = now - timedelta(seconds=chance.randrange(2 * 86_400, 60 * 86_400))
        if abs(now - WINDOW - found) > timedelta(hours=6):
            return found


def interactions(chance, now):
    """Calls and their transfers, some of strangers, some outbound, planned or abandoned."""
    for number in range(240):
        start = moment(chance, now)
        customer = f"c{chance.randrange(60)}" if chance.random() < 0.9 else None
        legs = 2 if chance.random() < 0.15 else 1
        for leg in range(legs):
            talk, hold, wrap = chance.randrange(900), chance.choice([0, 0, 40]), chance.choice([0, 60, 90])
            end = start + timedelta(seconds=talk + hold)
            record = {
                "ref": f"i{number}.{leg}", "agent": chance.choice(AGENTS), "topic": chance.choice(["Plan", "Dispute"]),
                "started_at": iso(start), "ended_at": iso(end), "talk_seconds": talk, "hold_seconds": hold,
                "wrap_seconds": wrap, "planned": chance.random() < 0.05,
                "direction": "outbound" if chance.random() < 0.1 else "inbound",
                "outcome": chance.choice(["resolved", "resolved", "unresolved", "abandoned"]),
            }
            if customer:
                record["customer"] = customer
            if legs > 1:
                record["contact"] = f"x{number}"
            if chance.random() < 0.1:
                record["complaint"] = f"k{chance.randrange(30)}"
            yield record
            start = end + timedelta(seconds=30)


def complaints(chance, now):
    for number in range(30):
        received = moment(chance, now - timedelta(days=10))
        record = {
            "ref": f"k{number}", "customer": f"c{number}", "received_at": iso(received), "topic": "Dispute",
            "state": "resolved", "state_at": iso(received + timedelta(minutes=chance.randrange(9 * 1440))),
        }
        if chance.random() < 0.5:
            record["agent"] = chance.choice(AGENTS)
        yield record


def exported(hearback, kind):
    return list(csv.DictReader(io.StringIO(hearback.run("export", kind).stdout, newline="")))


def measured(hearback, *arguments):
    listing = hearback.run("measures", "--all", "--from", "2020-01-01", "--format", "json", *arguments).stdout
    return {(row["name"], row["measure"]): row for row in json.loads(listing)}


# MARK: Intervals


def wilson(part, whole):
    middle = (part + Z * Z / 2) / (whole + Z * Z)
    reach = Z / (whole + Z * Z) * math.sqrt(part * (whole - part) / whole + Z * Z / 4)
    return part / whole, middle - reach, middle + reach


def adjusted_wald(scores):
    """NPS with the interval of Rocks (2016): ¾ detractor, 1½ passive and ¾ promoter more."""
    promoters, detractors = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
    n = len(scores) + 3
    up, down = (promoters + 0.75) / n, (detractors + 0.75) / n
    reach = Z * math.sqrt((up + down - (up - down) ** 2) / n)
    return (promoters - detractors) / len(scores), max(-1, up - down - reach), min(1, up - down + reach)


# MARK: Contacts


def contacts(rows, counted):
    """Transfers as one, with their first and last leg; legs that nobody handled count only where there is no other."""
    groups = {}
    for place, row in enumerate(rows):
        row["place"] = place
        if counted(row):
            groups.setdefault(row["contact"] or ("only", row["ref"]), []).append(row)
    for legs in groups.values():
        handled = [leg for leg in legs if leg["handled"] == "true"] or legs
        yield sorted(handled, key=lambda leg: (leg["started_at"], leg["place"]))


def observed(rows, before):
    """Closed first contacts: each with its last leg's agent and whether nobody came back within the window."""
    found = list(contacts(rows, lambda row: row["direction"] == "inbound" and row["planned"] == "false"))

    def at(leg, field):
        return datetime.fromisoformat(leg[field])

    for legs in found:
        first, end = legs[0], at(legs[-1], "ended_at")
        if first["handled"] != "true" or not first["customer"] or end + WINDOW >= before:
            continue
        others = [
            other for other in found
            if other is not legs and (other[0]["customer"], other[0]["topic"]) == (first["customer"], first["topic"])
        ]
        order = (first["started_at"], first["place"])
        earlier = [other for other in others if (other[0]["started_at"], other[0]["place"]) < order]
        later = [other for other in others if other not in earlier]
        if any(other[0]["handled"] == "true" and at(first, "started_at") <= at(other[-1], "ended_at") + WINDOW
               for other in earlier):
            continue
        yield legs[-1]["agent"], all(at(other[0], "started_at") > end + WINDOW for other in later)


def handle_time(legs):
    return sum(int(leg[part]) for leg in legs for part in ("talk_seconds", "hold_seconds", "wrap_seconds"))


# MARK: The test


@pytest.fixture
def answered(hearback):
    """A centre of four agents, whose customers were asked, and of whom half answered."""
    chance = random.Random(7)
    now = datetime.now(timezone.utc)
    hearback.run("organisation", "--zone", "America/New_York")
    import_records(hearback, "complaints", complaints(chance, now))
    import_records(hearback, "interactions", interactions(chance, now))
    hearback.start()
    for row in hearback.links():
        if chance.random() < 0.5:
            continue
        said = {"nps": chance.choice([0, 3, 6, 7, 8, 9, 10, 10]), "csat": chance.randrange(1, 6)}
        if chance.random() < 0.8:
            said["ces"] = chance.randrange(1, 6)
        if chance.random() < 0.8:
            said["resolved"] = chance.choice(["yes", "no"])
        assert answer(row["link"], survey="1", lang="en", **said)[0] == 200
    return hearback


def test_figures_are_what_the_exported_rows_say(answered):
    responses, decisions, calls = (exported(answered, kind) for kind in ("responses", "decisions", "interactions"))
    assert len(responses) > 60 and len(calls) > 240
    everything, by_agent = measured(answered), measured(answered, "--by", "agent")
    before = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
    first_contacts = list(observed(calls, before))
    transfers = list(contacts(calls, lambda row: row["handled"] == "true"))
    assert len(transfers) < sum(row["handled"] == "true" for row in calls)
    for agent in [None, *AGENTS]:
        figures = everything if agent is None else by_agent

        def own(rows):
            return [row for row in rows if agent in (None, row["agent"])]

        def check(measure, n, value, lower=None, upper=None, tolerance=1e-9):
            row = figures[agent, measure]
            where = (agent, measure, row)
            assert row["n"] == n and n >= 5, where
            assert math.isclose(row["value"], value, rel_tol=tolerance, abs_tol=1e-9), (where, value)
            if lower is not None:
                assert math.isclose(row["lower"], lower, abs_tol=1e-9), (where, lower)
                assert math.isclose(row["upper"], upper, abs_tol=1e-9), (where, upper)
            assert row["lower"] <= row["value"] <= row["upper"], where

        def check_share(measure, parts):
            check(measure, len(parts), *wilson(sum(parts), len(parts)))
            assert (figures[agent, measure]["numerator"], figures[agent, measure]["denominator"]) == (
                sum(parts), len(parts))

        said = own(responses)
        scores = {name: [int(row[name]) for row in said if row[name]] for name in ("nps", "csat", "ces")}
        check("nps", len(scores["nps"]), *adjusted_wald(scores["nps"]))
        check_share("csat", [score >= 4 for score in scores["csat"]])
        check("csat-mean", len(scores["csat"]), statistics.fmean(scores["csat"]))
        check("ces-effort-5", len(scores["ces"]), statistics.fmean(scores["ces"]))
        check_share("fcr-stated", [row["resolved"] == "true" for row in said if row["resolved"]])
        resolved = [is_resolved for name, is_resolved in first_contacts if agent in (None, name)]
        check_share("fcr-observed", resolved)
        check_share("fcr-observed-7", resolved)
        times = [handle_time([row]) for row in own(calls) if row["handled"] == "true"]
        check("aht", len(times), statistics.fmean(times))
        check("aht-median", len(times), statistics.median(times), tolerance=0.016)
        check_share("aht-short", [seconds <= 10 for seconds in times])
        whole = [handle_time(legs) for legs in transfers if agent in (None, legs[-1]["agent"])]
        check("contact-aht", len(whole), statistics.fmean(whole))
        check("contact-aht-median", len(whole), statistics.median(whole), tolerance=0.016)
        invited = {row["invitation"] for row in own(decisions) if row["outcome"] == "invite"}
        answered_by = {row["invitation"] for row in responses}
        check_share("response-rate", [invitation in answered_by for invitation in invited])
