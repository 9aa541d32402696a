"""Takes the statements that compute the cells out of the program's source, to run the same text in psql.

    python3 Benchmarks/cells.py --from 2025-11-23 --to 2026-11-22 --closed-before 2026-11-23 | psql -Xq -v ON_ERROR_STOP=1 ...

The statements run in the program's order, in one transaction that is rolled back. The order and the parameters come from the
function "compute" in CellTable.swift.
"""

import argparse
import datetime
import re
import textwrap
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "Sources" / "Store" / "Cells"


def literals():
    """Every multi-line string of the cells' files, by its name."""
    text = "\n".join(path.read_text() for path in sorted(SOURCES.glob("*Cells.swift")) + [SOURCES / "CellTable.swift"])
    found = re.findall(r'^(?:private )?let (\w+)(?:: StaticString)? = """\n(.*?)\n *"""$', text, re.DOTALL | re.MULTILINE)
    if any("\\" in body for _, body in found):
        raise ValueError("a statement has an escape or an interpolation, which this reader does not know")
    return {name: textwrap.dedent(body) for name, body in found}


def order():
    """The statements of a rebuild: names, each with the parameters it takes ("days" or "closed")."""
    text = (SOURCES / "CellTable.swift").read_text()
    # What "totals" computes, "answers" computes too.
    compute = text[text.index("case .answers:", text.index("func compute(")):]
    compute = compute[:compute.index("\n    }\n")]
    calls = re.findall(r"days\.statement\((\w+)\)|PostgresStatement\((\w+)(, closedBefore)?\)", compute)
    return [(staged or name, "days" if staged else "closed" if closed else "none") for staged, name, closed in calls]


def script(first, last, closed_before, zone, after=(), finish="rollback;"):
    """A psql script that computes every cell of some days, telling each statement's name and time."""
    texts = literals()
    day = datetime.timedelta(days=1)
    days = f"('{first} {zone}', '{last + day} {zone}', '{zone}')"
    lines = ["begin;", texts["workTables"] + ";", "set local plan_cache_mode = force_custom_plan;"]
    for name, parameters in order():
        types, values = {
            "days": ("(timestamptz, timestamptz, text)", days), "closed": ("(timestamptz)", f"('{closed_before}')"),
            "none": ("", "")}[parameters]
        lines += [
            f'prepare "{name}" {types} as\n{texts[name]};', f"\\echo {name}", "\\timing on",
            f'execute "{name}" {values};', "\\timing off"]
    return "\n".join([*lines, *after, finish]) + "\n"


def times(output):
    """Seconds by statement, from what psql printed."""
    found = re.findall(r"^(\w+)\nTime: ([\d.]+) ms", output, re.MULTILINE)
    return {name: float(milliseconds) / 1000 for name, milliseconds in found}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="first", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--to", dest="last", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--closed-before", required=True, help="the moment before which repeat windows count as closed")
    parser.add_argument("--zone", default="UTC")
    parser.add_argument("--keep", action="store_true", help="store the cells instead of rolling back")
    options = parser.parse_args()
    tables = re.findall(r"fresh_(\w+) \(like", literals()["workTables"])
    keep = [f"insert into {table} select * from fresh_{table};" for table in tables] if options.keep else []
    print(script(
        options.first, options.last, options.closed_before, options.zone, keep, "commit;" if options.keep else "rollback;"),
        end="")
