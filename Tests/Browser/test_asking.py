"""The rules of asking from the command line, letters, mail that came back, and the customer's own page in a browser."""

import json
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from accessibility import DESKTOP, PHONE, violations
from centre import import_records
from conftest import FIXTURES, PROGRAM
from doubles import MailSink
from sending import add_customers, call, connect, deliveries, local, settled, steps
from wire import answer, fetch


def write(hearback, name, text):
    path = Path(hearback.folder) / name
    path.write_text(text)
    return str(path)


def test_a_policys_mistakes_are_told_with_their_lines(hearback):
    path = write(hearback, "bad.yaml", "policies:\n  - name: a\n    delay: soon\n    channels: [pigeon]\n")
    for verb in ("publish", "dry-run"):
        refused = hearback.run("policy", verb, path, check=False)
        assert refused.returncode == 64
        assert f"{path}:3: delay is a duration" in refused.stderr and f"{path}:4: \"pigeon\"" in refused.stderr
    checked = subprocess.run([PROGRAM, "policy", "check", path], capture_output=True, text=True)
    assert checked.returncode == 64 and f"{path}:3: delay is a duration" in checked.stderr
    assert len(json.loads(hearback.run("policy", "list", "--format", "json").stdout)) == 3


def test_the_policies_in_force_can_be_shown_changed_tried_and_published(hearback):
    shown = hearback.run("policy", "show").stdout
    assert shown == (FIXTURES / "at-once.yaml").read_text()
    add_customers(hearback, a={}, b={})
    call(hearback, "a", "b")
    call(hearback, "a")
    tried = write(hearback, "tried.yaml", shown.replace("customer_rest: none", "customer_rest: 30d"))
    told = hearback.run("policy", "dry-run", tried).stdout
    assert told.startswith("Of 3 resolutions of the last 30 days: would have invited 2, held 0, skipped 1.")
    assert re.search(r"skipped +customer-asked-recently +1 +Customer asked recently", told)
    # Nothing has been decided.
    assert json.loads(hearback.run("invitations", "--format", "json").stdout) == []
    assert "Published version 4: at-once." in hearback.run("policy", "publish", tried).stdout
    assert "nothing changed" in hearback.run("policy", "publish", tried).stdout


def test_a_decision_is_explained_in_plain_words(hearback):
    add_customers(hearback, a={})
    import_records(hearback, "stops", [
        {"ref": "s1", "customer": "a", "kind": "vulnerable", "source": "crm", "starts_at": "2026-01-01T00:00:00Z"}])
    [ref] = call(hearback, "a")
    assert "Not decided yet" in hearback.run("decisions", "--why", ref).stdout
    hearback.run("invitations", "--issue")
    told = hearback.run("decisions", "--why", ref).stdout
    assert told.startswith(f"interaction {ref}, customer a\n")
    assert "Not asked. A stop was in force: vulnerable. No policy can override it. (policy 3 at-once)" in told
    [resolved, skipped] = steps(hearback, ref)
    assert (skipped["rule"], skipped["inputs"]) == ("vulnerable", "stops=vulnerable")
    unknown = hearback.run("decisions", "--why", "nobody", check=False)
    assert unknown.returncode == 64 and "nothing that was resolved" in unknown.stderr


def test_letters_are_written_once_each_with_its_own_code(hearback, chromium):
    connect(hearback, "letter")
    add_customers(
        hearback, ana={"name": "Ana Ortega", "street": "1 High Street", "city": "Leeds", "postcode": "LS1 1AA", "country": "GB"},
        omar={"name": "عمر حداد", "street": "شارع الحمرا", "city": "Beirut", "language": "ar"}, lost={"name": "No Address"})
    ana, omar, lost = call(hearback, "ana", "omar", "lost")
    hearback.run("invitations", "--issue")
    file = Path(hearback.folder) / "batch.html"
    told = hearback.run("letters", str(file), "--base", "https://feedback.example.test", "--sender", "12 Broad Street").stdout
    assert told == f"2 letters in {file}.\n"
    assert hearback.run("letters", str(file), check=False).returncode == 64
    assert "No letter is due" in hearback.run("letters", str(file) + ".2").stdout
    assert not Path(str(file) + ".2").exists()
    rows = deliveries(hearback)
    assert {ref: row["state"] for ref, row in rows.items()} == {ana: "sent", omar: "sent"}
    assert steps(hearback, lost)[-1]["rule"] == "no-address"
    page = chromium.new_page()
    page.goto(file.as_uri())
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    page.close()
    links = []
    for sheet in printed:
        [code] = zxingcpp.read_barcodes(sheet.render(scale=3, grayscale=True).to_numpy().squeeze())
        links.append(code.text)
    assert len(set(links)) == 2
    text = printed[0].get_textpage().get_text_range()
    assert "Ana Ortega" in text and "LS1 1AA Leeds" in text and "12 Broad Street" in text
    hearback.start()
    for link in links:
        assert answer(local(hearback, link), nps=9)[0] == 200


def test_mail_that_came_back_is_not_written_to_again(hearback):
    with MailSink() as sink:
        connect(hearback, "email", sink=sink)
        hearback.start()
        add_customers(hearback, **{ref: {"email": f"{ref}@example.test"} for ref in "abc"})
        calls = dict(zip("abc", call(hearback, *"abc")))
        rows = dict(zip("abc", settled(hearback, *calls.values())))
        report = "\n".join([
            "From MAILER-DAEMON Mon Nov 23 12:00:00 2026", "Subject: failed", "", "Final-Recipient: rfc822; a@example.test",
            "Action: failed", "Status: 5.1.1", "", f"Message-ID: <{rows['a']['message']}@example.test>", "", ""])
        # One is of an address that the message did not go to, one of no message at all: nobody can stop others so.
        forged = report.replace("a@", "c@") + report.replace("a@", "c@").replace("hearback-", "elsewhere-")
        mailbox = write(hearback, "mailbox", report + forged)
        told = hearback.run("bounces", mailbox).stdout
        assert told == "3 reports, 1 of known messages; 0 wishes to unsubscribe.\n"
        key = hearback.run("key", "create", "mail").stdout.strip()
        body = [
            {"kind": "permanent", "message_id": f"<{rows['b']['message']}@example.test>", "detail": "550 unknown"},
            {"kind": "complaint", "message_id": f"<{rows['c']['message']}@example.test>"},
        ]
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        status, reply, _ = fetch(hearback.base + "/api/v1/bounces", json.dumps(body).encode(), **headers)
        assert (status, json.loads(reply)) == (200, {"known": 2, "reports": 2})
        assert fetch(hearback.base + "/api/v1/bounces", b"[]", **{"Content-Type": "application/json"})[0] == 401
        assert fetch(hearback.base + "/api/v1/bounces", b"{", **headers)[0] == 400
        again = dict(zip("abc", call(hearback, *"abc")))
        hearback.run("invitations", "--issue")
        rules = {ref: steps(hearback, call)[-1]["rule"] for ref, call in again.items()}
        assert rules == {"a": "address-suspended", "b": "address-suspended", "c": "opted-out-of-surveys"}
        assert {row["state"] for ref, row in deliveries(hearback).items() if ref == calls["a"]} == {"dead"}


def test_templates_are_checked_published_and_used(hearback):
    shown = hearback.run("template", "show", "--channel", "sms").stdout
    assert "{{link}}" in shown
    bad = write(hearback, "bad.txt", shown.replace("{{organisation}}", "Your debt", 1))
    refused = hearback.run("template", "publish", bad, "--channel", "sms", check=False)
    assert refused.returncode == 64 and '"debt"' in refused.stderr and f"{bad}:" in refused.stderr
    good = write(hearback, "good.txt", "Tell {{organisation}} how it went: {{link}} {{stop}} to end\n")
    hearback.run("template", "publish", good, "--channel", "sms")
    told = hearback.run("template", "preview", "--channel", "sms").stdout
    assert told.startswith("Tell Customer care how it went: https://") and "GSM-7, 1 segment" in told
    html = Path(hearback.folder) / "mail.html"
    hearback.run("template", "preview", "--channel", "email", "--language", "ar", "--out", str(html))
    assert '<html lang="ar" dir="rtl"' in html.read_text()


@pytest.fixture
def own_page(hearback):
    with MailSink() as sink:
        connect(hearback, "email", sink=sink)
        hearback.start()
        add_customers(hearback, a={"email": "ana@example.test", "phone": "+12125550100"})
        settled(hearback, *call(hearback, "a"))
        link = re.search(r"<(https://[^>]+)>", sink.to("ana@example.test")[0].message["List-Unsubscribe"]).group(1)
        yield local(hearback, link)
        hearback.stop()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_own_page_is_accessible(own_page, chromium, viewport, scheme):
    context = chromium.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    for language in ("en", "ar"):
        page.goto(f"{own_page}?lang={language}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    context.close()


def test_a_customer_chooses_stops_and_starts_without_javascript(hearback, own_page, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(own_page)
    page.get_by_label("Sunday").uncheck(force=True)
    page.locator("select[name=from]").select_option("9")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert not page.get_by_label("Sunday").is_checked()
    assert page.locator("select[name=from]").input_value() == "9"
    page.locator("button[value='stop-surveys']").click()
    [refused] = call(hearback, "a")
    hearback.run("invitations", "--issue")
    assert steps(hearback, refused)[-1]["rule"] == "opted-out-of-surveys"
    page.locator("button[value=start]").click()
    [asked] = call(hearback, "a")
    hearback.run("invitations", "--issue")
    assert any(step["step"] == "invited" for step in steps(hearback, asked))
