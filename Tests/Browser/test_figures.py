"""Figures, computed a second time by other means: from what the program exports, with Python's csv, math and statistics."""

import csv
import io
import json
import math
import statistics
from datetime import datetime, timedelta, timezone

from centre import AGENTS, WINDOW

Z = statistics.NormalDist().inv_cdf(0.975)


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
