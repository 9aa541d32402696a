"""A small contact centre: four agents, whose customers were asked, and of whom half answered."""

import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

from wire import answer

WINDOW = timedelta(days=7)
AGENTS = ["Ana", "Ben", "Cleo", "Dov"]
TEAMS = {"Ana": "Early", "Ben": "Early", "Cleo": "Late"}


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
                "portfolio": chance.choice(["Cards", "Loans"]), "channel": chance.choice(["phone", "chat"]),
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


def fill(hearback):
    """Gives a new data folder facts, starts its server, and lets half of the customers answer."""
    chance = random.Random(7)
    now = datetime.now(timezone.utc)
    hearback.run("organisation", "--zone", "America/New_York")
    import_records(hearback, "agents", ({"ref": name, "name": name, "team": team} for name, team in TEAMS.items()))
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
