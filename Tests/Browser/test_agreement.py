"""Page, file, reply and command tell the same figures: they come from one place, and nothing is rounded on the way."""

import csv
import io
import json
import random
import re
import urllib.parse
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

from wire import fetch

PAGES = {
    "all": "index", "team": "teams", "agent": "agents", "topic": "topics", "portfolio": "portfolios",
    "channel": "channels",
}
SCOPES = [None, ("team", "Early"), ("portfolio", "Cards"), ("portfolio", "Loans"), ("team", "Late")]
PERIODS = ["last-7-days", "last-28-days", "last-90-days", "last-365-days"]


def by_place(rows):
    """Figures by what they are about; what they say is numbers, and nothing where there is none."""
    told = {}
    for row in rows:
        place = tuple(row.get(key) or "" for key in ("measure", "by", "name", "from", "to"))
        assert place not in told, place
        told[place] = tuple(
            float(row[key]) if row.get(key) not in ("", None) else None
            for key in ("value", "lower", "upper", "n", "numerator", "denominator"))
    return told


def table(text):
    return by_place(csv.DictReader(io.StringIO(text, newline="")))


class Rows(HTMLParser):
    """The text of each table row's cells, without what is set small in them."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.smalls = [], 0
        self.feed(page)

    def handle_starttag(self, tag, _):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif tag == "small":
            self.smalls += 1

    def handle_endtag(self, tag):
        if tag == "small":
            self.smalls -= 1

    def handle_data(self, data):
        if self.rows and self.rows[-1] and not self.smalls:
            self.rows[-1][-1] += data


def is_near(text, measure, value):
    """Whether a rounded text stands for a value."""
    number = float(re.sub(r"[^0-9.\-]", "", text.replace("−", "-")) or "nan") if "min" not in text else 0
    if measure == "nps":
        return abs(number - value * 100) <= 0.5001
    if measure.startswith("ces"):
        return abs(number - value) <= 0.05001
    if measure == "aht":
        parts = [int(part) for part in re.findall(r"\d+", text)]
        return abs((parts[0] * 60 + parts[1] if "min" in text else parts[0]) - value) <= 0.5001
    return abs(number - value * 100) <= 0.5001


def test_page_file_reply_and_command_agree_for_random_filters(answered):
    chance = random.Random(11)
    key = answered.run("key", "create", "tests").stdout.strip()
    asked = set()
    while len(asked) < 14:
        asked.add((chance.choice(SCOPES), chance.choice(list(PAGES)), chance.choice(PERIODS)))
    compared = shown = 0
    for scope in SCOPES:
        filters = [f"--{scope[0]}", scope[1]] if scope else []
        site = Path(answered.folder) / "sites" / ("-".join(scope) if scope else "everything")
        answered.run("dashboards", "build", "--out", str(site), *filters)
        for _, by, period in sorted(one for one in asked if one[0] == scope):
            folder = site if period == "last-28-days" else site / period
            page = table((folder / f"{PAGES[by]}.csv").read_text())
            days = last_days(page, int(period.split("-")[1]))
            query = {"from": days[0], "to": days[1], "by": by, "measures": "all"}
            if scope:
                query[scope[0]] = scope[1]
            address = f"{answered.base}/api/v1/measures?{urllib.parse.urlencode(query)}"
            status, body, _ = fetch(address, Authorization=f"Bearer {key}")
            assert status == 200, body
            reply = by_place(json.loads(body)["figures"])
            status, body, _ = fetch(address + "&format=csv", Authorization=f"Bearer {key}")
            assert status == 200 and table(body) == reply
            command = answered.run(
                "measures", "--all", "--by", by, "--from", days[0], "--to", days[1], "--format", "csv", *filters)
            assert table(command.stdout) == reply
            same = {place: page[place] for place in page if place in reply}
            assert same == {place: reply[place] for place in same}
            # Whatever value the period has, its file says its NPS.
            values = {place[2] for place in reply}
            assert values == {place[2] for place in same if place[0] == "nps"}, (scope, by, period)
            compared += len(same)
            shown += check_html((folder / f"{PAGES[by]}.html").read_text(), by, reply)
    assert compared > 200 and shown > 40


def last_days(page, count):
    """The first and last day of the page's period."""
    last = max(date.fromisoformat(place[4]) for place in page)
    return str(last - timedelta(days=count - 1)), str(last)


def check_html(page, by, reply):
    """Compares the table of values with the reply; gives how many figures were compared."""
    if by == "all":
        return check_tiles(page, reply)
    columns = {"NPS": "nps", "CSAT": "csat", "FCR stated": "fcr-stated", "FCR observed": "fcr-observed", "AHT": "aht"}
    compared, heads = 0, []
    for row in Rows(page).rows:
        if "NPS" in row:
            heads = row
        elif heads and len(row) == len(heads):
            for head, cell in zip(heads, row):
                # Readers see "Phone" for "phone", and an agent's team behind the name.
                found = [
                    told for place, told in reply.items()
                    if row[0].strip().lower().startswith(place[2].lower()) and place[0] == columns.get(head)]
                if found and found[0][0] is not None:
                    assert is_near(cell, columns[head], found[0][0]), (head, row, found)
                    compared += 1
        else:
            heads = []
    # A short period can hold so few answers that every value is withheld.
    has_figures = any(told[0] is not None for place, told in reply.items() if place[0] in columns.values())
    assert (compared > 0) == has_figures
    return compared


def check_tiles(page, reply):
    tiles = page.split('<div class="tile')[1:]
    values = {place[0]: told[0] for place, told in reply.items()}
    assert len(tiles) >= 5
    for tile in tiles:
        measure = re.search(r'<h2><a href="#([^"]+)">', tile)[1]
        figure = re.search(r'<p class="figure">(.*?)</p>', tile)
        assert (figure is None) == (values[measure] is None), tile
        assert figure is None or is_near(re.sub(r"<[^>]+>", "", figure[1]), measure, values[measure]), tile
    return len(tiles)
