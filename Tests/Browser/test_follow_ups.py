"""Answers that need a person: complaints with their clocks, and words of distress that only those who look after them read."""

import json
from pathlib import Path

import pytest

from accessibility import DESKTOP, PHONE, violations
from conftest import FIXTURES
from doubles import MailSink
from processes import wait_for
from sending import connect
from wire import answer, fetch

WORDS = "I can't cope <b>since Marrakesh</b>"


def follow_ups(hearback, *arguments):
    return json.loads(hearback.run("follow-ups", "--format", "json", *arguments).stdout)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_customer_makes_a_complaint_of_their_answer(served, chromium, size, scheme):
    page = chromium.new_page(viewport=size, color_scheme=scheme, java_script_enabled=False)
    page.goto(served.by_language["ar"])
    page.locator("label", has=page.locator("input[name=nps][value='1']")).click()
    page.locator("button[type=submit]").click()
    page.locator("button[name=complaint]").click()
    assert page.locator("h1").inner_text() == "سننظر في شكواك"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
    [opened] = follow_ups(served)
    assert opened["reason"] == "complaint" and opened["by"] == "customer" and opened["customer"] == "c-ar"
    assert opened["complaint"] == f"answer-{opened['answer']}"
    assert opened["opened"][:10] < opened["first due"] < opened["final due"]


def test_its_pages_are_accessible(served, chromium):
    page = chromium.new_page()
    page.goto(served.by_language["en"])
    page.locator("label", has=page.locator("input[name=nps][value='0']")).click()
    page.locator("button[type=submit]").click()
    assert violations(page) == []
    page.locator("button[name=complaint]").click()
    assert violations(page) == []
    assert page.locator("button[name=complaint]").count() == 0
    page.close()


def test_words_of_distress_are_told_at_once_and_read_in_one_place(hearback, chromium):
    with MailSink() as sink:
        connect(hearback, "email", sink=sink)
        hearback.run("policy", "publish", str(FIXTURES / "at-once.yaml"))
        hearback.environment["HEARBACK_ALERTS_TO"] = "lead@example.test, desk@example.test"
        hearback.start()
        link = hearback.ask({"c-1": "en"})["c-1"]
        assert answer(link, survey="1", nps="0", comment=WORDS)[0] == 200
        wait_for(lambda: sink.to("lead@example.test") and sink.to("desk@example.test"))
        for reader in ("lead@example.test", "desk@example.test"):
            [mail] = sink.to(reader)
            text = mail.message.get_content()
            assert "words of distress" in text and "hearback follow-ups --show" in text
            assert "Marrakesh" not in mail.message.as_string() and "c-1" not in text
        [opened] = follow_ups(hearback)
        assert opened["reason"] == "distress" and "comment" not in opened
        number = str(opened["follow-up"])
        assert follow_ups(hearback, "--show", number)[0]["comment"] == WORDS
        assert 'hearback_follow_ups_open{reason="distress"} 1' in fetch(hearback.base + "/metrics")[1]
        assert "Marrakesh" not in hearback.run("export", "responses").stdout
        assert hearback.run("follow-ups", "--close", number, "--note", "called back").stdout
        assert follow_ups(hearback) == []
        assert hearback.run("follow-ups", "--close", number, "--note", "again", check=False).returncode != 0
        hearback.stop()
    # A whole build of every page shows that an answer is there, and not its words.
    hearback.run("dashboards", "build")
    pages = [path.read_text(errors="replace") for path in Path(hearback.folder, "site").rglob("*.*") if path.is_file()]
    assert any("Comment kept for the person who looks after it." in text for text in pages)
    assert not any("Marrakesh" in text for text in pages)


def test_a_readers_mark_makes_a_complaint(served):
    answer(served.by_language["en"], survey="1", nps="2")
    number = served.run("export", "responses").stdout.splitlines()[1].split(",")[0]
    assert "first answer by" in served.run("follow-ups", "--complaint", number).stdout
    assert "first answer by" in served.run("follow-ups", "--complaint", number).stdout
    assert len(follow_ups(served)) == 1
    refused = served.run("follow-ups", "--complaint", "999", check=False)
    assert refused.returncode != 0 and "nothing was answered" in refused.stderr
