"""Exports, read back by another program's CSV reader."""

import csv
import io
import os
import subprocess
from pathlib import Path

from conftest import PROGRAM
from wire import answer, fetch

HOSTILE = '=HYPERLINK("http://x","y"),\r\nsecond line; ñ 💳 شكرا'


def records(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_answer_is_the_same_on_the_command_line_in_a_file_and_over_http(served):
    # Forms carry line ends as CR LF, as browsers do.
    assert answer(served.by_language["en"], survey="1", lang="en", nps="0", comment=HOSTILE)[0] == 200
    assert answer(served.by_language["ar"], survey="1", lang="ar", nps="10")[0] == 200
    file = Path(served.folder) / "answers.csv"
    assert served.run("export", "responses", "--out", str(file)).stdout == ""
    text = file.read_bytes().decode()
    assert served.run("export", "responses", "--topic", "Payment plan", "--agent", "Ana").stdout == text.replace("\r\n", "\n")
    key = served.run("key", "create", "tests").stdout.strip()
    status, body, headers = fetch(served.base + "/api/v1/responses.csv?agent=Ana", Authorization=f"Bearer {key}")
    assert (status, headers["Content-Type"], body) == (200, "text/csv; charset=utf-8", text)
    first, second = records(text)
    assert first["comment"].replace("\r\n", "\n") == "'" + HOSTILE.replace("\r\n", "\n")
    assert (first["nps"], first["csat"], first["customer"], first["language"]) == ("0", "", "c-en", "en")
    assert (second["nps"], second["comment"], second["language"]) == ("10", "", "ar")
    assert [row["ref"] for row in records(served.run("export", "interactions").stdout)] == ["i-c-en", "i-c-es", "i-c-ar"]
    assert {row["outcome"] for row in records(served.run("export", "decisions").stdout)} == {"invite"}


def test_what_cannot_be_exported_leaves_the_old_file_as_it_was(hearback):
    file = Path(hearback.folder) / "answers.csv"
    file.write_text("old")
    for arguments, words in {
        ("--team", "West"): 'there is no team "West"; none is known yet',
        ("--from", "2026-02-02", "--to", "2026-02-01"): "the period ends (2026-02-01) before it starts (2026-02-02)",
        ("--channel", "pigeon"): "there are: chat, email",
    }.items():
        result = hearback.run("export", "responses", "--out", str(file), *arguments, check=False)
        assert result.returncode == 64 and words in result.stderr and result.stdout == ""
    assert hearback.run("export", "responses", "--out", f"{hearback.folder}/none/x.csv", check=False).returncode == 64
    assert file.read_text() == "old"
    assert [entry.name for entry in file.parent.iterdir() if "unfinished" in entry.name] == []


def test_a_reader_that_has_seen_enough_ends_the_export_and_the_database_with_it(hearback):
    hearback.run("import", "interactions", str(made_up_calls(hearback, 20_000)))
    read, write = os.pipe()
    process = hearback.popen("export", "interactions", stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert os.read(read, 4).startswith(b"ref,")
    os.close(read)
    assert process.communicate(timeout=60)[1] == b"" and process.returncode == 1
    # Nothing holds the private PostgreSQL: the next command starts and ends it again.
    assert len(records(hearback.run("export", "interactions").stdout)) == 20_000


def made_up_calls(hearback, count):
    file = Path(hearback.folder) / "calls.csv"
    subprocess.run(
        [PROGRAM, "demo", "calls", "--count", str(count), "--out", file], check=True, capture_output=True)
    return file
