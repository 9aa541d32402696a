"""Invitations by e-mail: read as mail programs do, followed as scanners and customers do, and stopped."""

import re
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import pytest

from doubles import Gateway, MailSink
from processes import wait_for
from sending import (
    add_customers, call, connect, decision, deliveries, local, message_counts, revealing_words, settled, states, steps)
from wire import answer, fetch

QUESTIONS = {
    "en": "How likely are you to recommend us to a friend or colleague?",
    "es": "¿Qué probabilidad hay de que nos recomiende a un amigo o colega?",
    "ar": "ما مدى احتمال أن توصي بنا صديقًا أو زميلًا؟",
}


@contextmanager
def mailing(hearback, *channels, **doubles):
    """A server that sends to a sink."""
    with MailSink() as sink:
        connect(hearback, *(channels or ["email"]), sink=sink, **doubles)
        hearback.start()
        yield sink
        # While the sink is still there: a server that stops finishes what it has begun.
        hearback.stop()


@pytest.fixture
def sink(hearback):
    with mailing(hearback) as sink:
        yield sink


@pytest.fixture
def invited(hearback, sink):
    """The messages that three customers got, by language."""
    add_customers(hearback, **{
        language: {"language": language, "email": f"{language}@example.test"} for language in QUESTIONS})
    hearback.calls = dict(zip(QUESTIONS, call(hearback, *QUESTIONS)))
    assert {row["state"] for row in settled(hearback, *hearback.calls.values())} == {"sent"}
    mails = {language: sink.to(f"{language}@example.test") for language in QUESTIONS}
    assert {len(arrived) for arrived in mails.values()} == {1}
    return {language: arrived[0].message for language, arrived in mails.items()}


class Page(HTMLParser):
    """A document's language, direction, links and words."""

    def __init__(self, text):
        super().__init__()
        self.root, self.links, self.words, self.tags = None, [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "html":
            self.root = dict(attributes)
        if tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_data(self, data):
        if self.tags[-1:] != ["style"]:
            self.words.append(data)


def parts(message):
    """The plain text and the HTML."""
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return plain.get_content(), html.get_content()


def links(message):
    """Every link that can be followed from the message, each once."""
    return list(dict.fromkeys(Page(parts(message)[1]).links))


def score_link(message, score):
    return next(link for link in links(message) if link.endswith(f"?nps={score}"))


def unsubscribe_address(message):
    return re.search(r"<(https://[^>]+)>", message["List-Unsubscribe"]).group(1)


def recorded(hearback):
    """How many answers count, by every way of asking."""
    answers = sum(state == "answered" for state in states(hearback).values())
    assert hearback.measures()["nps"]["n"] == answers
    return answers


def test_messages_are_whole_and_in_the_customers_language(hearback, invited):
    for language, message in invited.items():
        assert message.defects == [] and [part for part in message.walk() if part.defects] == []
        assert message.get_content_type() == "multipart/alternative"
        assert message["From"].addresses[0].addr_spec == "care@example.test"
        assert [address.addr_spec for address in message["To"].addresses] == [f"{language}@example.test"]
        assert re.fullmatch(r"<hearback-\d+@[a-z0-9.-]+>", message["Message-ID"])
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(
            r"<https://feedback\.example\.test/c/[^>?]+>,\s*<mailto:[^>]+>", message["List-Unsubscribe"])
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Content-Language"] == language
        assert parsedate_to_datetime(message["Date"]).utcoffset().total_seconds() == 0
        plain, html = parts(message)
        page = Page(html)
        assert (page.root["lang"], page.root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
        assert "script" not in page.tags and "img" not in page.tags
        assert QUESTIONS[language] in plain and QUESTIONS[language] in " ".join(page.words)
        for text in (plain, " ".join(page.words), message["Subject"], str(message["From"])):
            assert text.strip() and revealing_words(text) == [], language
    assert len({message["Message-ID"] for message in invited.values()}) == 3
    assert len({message["Subject"] for message in invited.values()}) == 3


def test_the_plain_text_says_the_same_as_the_html(hearback, invited):
    for language, message in invited.items():
        plain, html = parts(message)
        page = Page(html)
        assert set(re.findall(r"https://\S+", plain)) == set(page.links)
        scores = [re.search(r"\?nps=(\d+)$", link) for link in page.links]
        assert [int(found.group(1)) for found in scores if found] == list(range(11))
        # Every paragraph of the text stands in the HTML, whatever the line breaks.
        said = " ".join(" ".join(page.words).split())
        for paragraph in plain.split("\n\n"):
            sentence = " ".join(paragraph.split())
            if sentence and "https://" not in sentence and " = " not in sentence and sentence != "--":
                assert sentence in said, language


def test_following_every_link_ten_times_records_nothing(hearback, invited):
    before = states(hearback)
    for language, message in invited.items():
        assert len(links(message)) >= 13
        for link in links(message) + [unsubscribe_address(message)]:
            address = local(hearback, link)
            for _ in range(10):
                status, page, _ = fetch(address)
                assert status == 200
                assert revealing_words(" ".join(Page(page).words)) == []
            assert fetch(address, method="HEAD")[0] == 200
            if found := re.search(r"\?nps=(\d+)$", link):
                assert re.search(rf'<input[^>]*value="{found.group(1)}"[^>]*checked', page), link
    assert states(hearback) == before and set(before.values()) == {"open"}
    assert recorded(hearback) == 0
    # Nor has anybody unsubscribed.
    for again in call(hearback, *invited):
        assert decision(hearback, again)["step"] == "invited"


def test_an_answer_posted_by_a_messages_link_is_recorded_once(hearback, invited):
    link = local(hearback, score_link(invited["es"], 9))
    for _ in range(2):
        assert answer(link.split("?")[0], nps=9)[0] == 200
    assert answer(link.split("?")[0], nps=2)[0] == 409
    assert [language for language, ref in hearback.calls.items() if states(hearback)[ref] == "answered"] == ["es"]
    assert recorded(hearback) == 1
    # The other messages' links are other customers'.
    assert answer(local(hearback, score_link(invited["ar"], 0)).split("?")[0], nps=0)[0] == 200
    assert recorded(hearback) == 2


@pytest.mark.parametrize("body, kind", [
    (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
    (b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
     "multipart/form-data; boundary=b"),
])
def test_one_click_unsubscribes_at_once(hearback, sink, invited, body, kind):
    # RFC 8058: without cookies or a log-in, and without being led elsewhere.
    status, _, _ = fetch(local(hearback, unsubscribe_address(invited["en"])), body, **{"Content-Type": kind})
    assert status in (200, 202, 204)
    refused, asked = call(hearback, "en", "es")
    step = decision(hearback, refused)
    assert (step["step"], step["rule"]) == ("skipped", "opted-out-of-surveys")
    assert [row["state"] for row in settled(hearback, asked)] == ["sent"]
    assert len(sink.to("en@example.test")) == 1 and len(sink.to("es@example.test")) == 2


def test_what_waits_is_not_sent_to_somebody_who_unsubscribes_meanwhile(hearback, sink, invited):
    sink.down = True
    waiting, other = call(hearback, "en", "es")
    wait_for(lambda: {waiting, other} <= set(deliveries(hearback, "--state", "queued")) and sink.turned_away)
    fetch(local(hearback, unsubscribe_address(invited["en"])), b"List-Unsubscribe=One-Click")
    sink.down = False
    stopped, sent = settled(hearback, waiting, other)
    assert (stopped["state"], stopped["rule"]) == ("cancelled", "opted-out-of-surveys")
    assert sent["state"] == "sent"
    assert len(sink.to("en@example.test")) == 1


def test_every_passing_fault_ends_with_the_message_delivered(hearback, sink):
    faults = ["refuse450", "end451", "drop-in-data", "drop-after-data", "silent", "slow"]
    addresses = {fault: f"{fault}-once@example.test" for fault in faults}
    add_customers(hearback, **{fault: {"email": address} for fault, address in addresses.items()})
    calls = dict(zip(faults, call(hearback, *faults)))
    assert {row["state"] for row in settled(hearback, *calls.values(), seconds=60)} == {"sent"}
    assert sink.faulted == set(addresses.values())
    for fault, address in addresses.items():
        arrived = sink.to(address)
        assert [mail for mail in arrived if mail.accepted] == arrived[-1:], fault
        # Nobody knows whether these were taken the first time: they may come twice, but as the same message.
        assert len(arrived) == (1 if fault in ("refuse450", "drop-in-data", "silent") else 2), fault
        assert len({mail.message["Message-ID"] for mail in arrived}) == 1
        attempts = [step["detail"] for step in steps(hearback, calls[fault]) if step["step"] == "attempt"]
        assert attempts[-1].startswith("sent") and len(attempts) >= 2
        # What was lost on its way may look as if it had all been sent.
        expected = {
            "drop-after-data": ("uncertain",), "slow": ("uncertain",), "drop-in-data": ("uncertain", "deferred"),
        }.get(fault, ("deferred",))
        assert attempts[0].startswith(expected), (fault, attempts)


def test_a_server_that_is_down_is_visible_and_is_waited_for(hearback, sink):
    sink.down = True
    add_customers(hearback, late={"email": "late@example.test"})
    [ref] = call(hearback, "late")
    row = wait_for(lambda: next(
        (row for row in deliveries(hearback, "--state", "queued").values() if row["detail"]), None))
    assert row["subject"] == ref and row["customer"] == "late" and "421" in row["detail"]
    metrics = fetch(hearback.base + "/metrics")[1]
    assert re.search(r'^hearback_message_oldest_seconds\{channel="email"\} \d', metrics, re.MULTILINE)
    counts = message_counts(hearback.base)
    # Another attempt may be under way.
    assert counts in ({("email", "queued"): 1}, {("email", "sending"): 1})
    assert sink.mails == []
    sink.down = False
    assert settled(hearback, ref)[0]["state"] == "sent"
    assert len(sink.mails) == 1
    assert message_counts(hearback.base) == {("email", "sent"): 1}


def test_a_refused_address_is_dead_visibly_and_not_used_again(hearback, sink):
    add_customers(hearback, gone={"email": "refuse550@example.test"})
    [ref] = call(hearback, "gone")
    row = settled(hearback, ref)[0]
    assert (row["state"], row["rule"], row["outcome"]) == ("dead", "refused", "refused")
    assert "550" in row["detail"]
    assert message_counts(hearback.base) == {("email", "dead"): 1}
    # Put back, it is judged anew, and the address is known to be none.
    hearback.run("deliveries", "--retry-dead")
    again = wait_for(lambda: deliveries(hearback, "--state", "cancelled").get(ref))
    assert again["rule"] == "address-suspended"
    assert sink.recipients == ["refuse550@example.test"] and sink.mails == []


def test_a_message_that_was_refused_is_sent_when_it_is_put_back(hearback, sink):
    add_customers(hearback, spam={"email": "end554-once@example.test"})
    [ref] = call(hearback, "spam")
    row = settled(hearback, ref)[0]
    assert row["state"] == "dead" and "554" in row["detail"]
    hearback.run("deliveries", "--retry-dead")
    wait_for(lambda: deliveries(hearback, "--state", "sent").get(ref))
    refused, taken = sink.mails
    assert (refused.accepted, taken.accepted) == (False, True)
    assert refused.message["Message-ID"] == taken.message["Message-ID"]


def test_a_refused_address_is_followed_by_a_text_where_the_policy_says_so(hearback):
    with Gateway() as gateway, mailing(hearback, "email", "sms", gateway=gateway) as sink:
        add_customers(
            hearback, moved={"email": "refuse550@example.test", "phone": "+12125550123"},
            here={"email": "here@example.test", "phone": "+12125550124"})
        moved, here = settled(hearback, *call(hearback, "moved", "here"))
        assert (moved["channel"], moved["state"]) == ("sms", "sent")
        assert (here["channel"], here["state"]) == ("email", "sent")
        [text] = gateway.requests
        assert text.form["To"] == "+12125550123"
        link = re.search(r"https://feedback\.example\.test/s/\S+", text.form["Body"]).group()
        assert answer(local(hearback, link), nps=6)[0] == 200
        # The next time nobody tries the address any more.
        [again] = settled(hearback, *call(hearback, "moved"))
        assert (again["channel"], again["state"]) == ("sms", "sent")
        assert sink.recipients.count("refuse550@example.test") == 1 and len(gateway.requests) == 2
