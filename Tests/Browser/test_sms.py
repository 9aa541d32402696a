"""Invitations by text message through a gateway's double, and what comes back the other way."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from doubles import JSON, Gateway
from processes import wait_for
from sending import (
    BASE, add_customers, call, connect, decision, deliveries, from_gateway, local, message_counts, number,
    revealing_words, settled, states, steps)
from wire import answer, fetch

OWN_NUMBER = "+12125550199"
BUSY = (429, {"Retry-After": "2"} | JSON, b'{"code": 20429, "message": "Too many requests", "status": 429}')
BROKEN = (500, JSON, b'{"code": 20500, "message": "Internal server error", "status": 500}')
MALFORMED = (201, JSON, b'{"sid": "SM0123')
UNKNOWN_NUMBER = (400, JSON, b'{"code": 21211, "message": "Invalid \'To\' Phone Number", "status": 400}')


@pytest.fixture
def gateway(hearback):
    with Gateway() as gateway:
        connect(hearback, "sms", gateway=gateway)
        hearback.start()
        yield gateway
        hearback.stop()


def phone(index):
    return f"+1212555{index:04}"


def add_phones(hearback, *references, **fields):
    """Makes customers known, with a number each, which are returned by reference."""
    phones = {ref: phone(100 + index) for index, ref in enumerate(references)}
    add_customers(hearback, **{ref: {"phone": phones[ref]} | fields for ref in references})
    return phones


def link_in(text):
    return re.search(rf"{re.escape(BASE)}/s/\S+", text).group()


def link_to(gateway, phone):
    """The link of the newest message to a number."""
    return link_in(gateway.to(phone)[-1].form["Body"])


def text(hearback, phone, body, sid="SM1", **options):
    """Sends a text from a number, and returns the status and the words of the reply."""
    status, reply, headers = from_gateway(
        hearback, "/hooks/sms", From=phone, To=OWN_NUMBER, Body=body, MessageSid=sid, **options)
    if status != 200:
        return status, None
    assert headers["Content-Type"].split(";")[0] in ("text/xml", "application/xml")
    document = ElementTree.fromstring(reply)
    assert document.tag == "Response" and {element.tag for element in document} <= {"Message"}
    return status, "\n".join("".join(message.itertext()) for message in document)


def marked(hearback, link):
    """The score that is marked on the page of a link; nothing if none is."""
    status, page, _ = fetch(local(hearback, link))
    assert status == 200
    found = re.findall(r'<input[^>]*name="nps"[^>]*value="(\d+)"[^>]*checked', page)
    assert len(found) <= 1
    return found[0] if found else None


def responses(hearback):
    return list(csv.DictReader(io.StringIO(hearback.run("export", "responses").stdout)))


def test_a_text_is_sent_once_as_the_gateway_wants_it(hearback, gateway):
    phones = {}
    for index, language in enumerate(("en", "es", "ar")):
        phones[language] = phone(index)
        add_customers(hearback, **{language: {"phone": phones[language], "language": language}})
    calls = call(hearback, *phones)
    rows = settled(hearback, *calls)
    assert {(row["channel"], row["state"]) for row in rows} == {("sms", "sent")}
    assert [request.status for request in gateway.requests] == [201] * 3
    for language, row in zip(phones, rows):
        [request] = gateway.to(phones[language])
        assert request.path == Gateway.path and request.headers["authorization"] == Gateway.authorization
        assert request.form["From"] == OWN_NUMBER
        assert request.form["StatusCallback"] == BASE + "/hooks/sms/status"
        assert request.headers["idempotency-key"] == f"hearback-{number(row)}"
        body = request.form["Body"]
        assert fetch(local(hearback, link_in(body)))[0] == 200
        assert "STOP" in body and revealing_words(body) == []
    assert len({request.form["Body"].split(BASE)[0] for request in gateway.requests}) == 3
    assert set(states(hearback).values()) == {"open"}
    assert message_counts(hearback.base) == {("sms", "sent"): 3}


def test_a_status_call_back_tells_that_it_arrived(hearback, gateway):
    phones = add_phones(hearback, "a", "b")
    calls = call(hearback, "a", "b")
    settled(hearback, *calls)
    sid = re.search(rb"SM\d+", gateway.to(phones["a"])[0].reply).group().decode()
    told = {"MessageSid": sid, "MessageStatus": "delivered"}
    assert from_gateway(hearback, "/hooks/sms/status", token=None, **told)[0] == 403
    assert from_gateway(hearback, "/hooks/sms/status", token="guess", **told)[0] == 403
    assert not any(row["delivered"] for row in deliveries(hearback).values())
    assert from_gateway(hearback, "/hooks/sms/status", **told)[0] in (200, 204)
    first, second = settled(hearback, *calls)
    assert first["delivered"] and not second["delivered"]
    # Of a message that is not known, nothing is noted, and the gateway need not come again.
    assert from_gateway(
        hearback, "/hooks/sms/status", MessageSid="SM999", MessageStatus="delivered")[0] in (200, 204, 404)


@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_text_that_came_back_is_dead_or_goes_on_as_the_policy_says(hearback, gateway, status):
    phones = add_phones(hearback, "a")
    [ref] = call(hearback, "a")
    settled(hearback, ref)
    sid = re.search(rb"SM\d+", gateway.to(phones["a"])[0].reply).group().decode()
    for _ in range(2):
        reply = from_gateway(
            hearback, "/hooks/sms/status", MessageSid=sid, MessageStatus=status, ErrorCode="30005")
        assert reply[0] in (200, 204)
    row = wait_for(lambda: deliveries(hearback, "--state", "dead").get(ref))
    assert row["rule"] == "returned" and "30005" in row["detail"]
    assert len(gateway.requests) == 1


@pytest.mark.parametrize("body, score", [("0", "0"), ("10", "10"), (" 9/10! ", "9"), ("٧", "7")])
def test_a_digit_is_an_answer_and_the_reply_leads_to_the_rest(hearback, gateway, body, score):
    phones = add_phones(hearback, "a")
    older, newer = (settled(hearback, *call(hearback, "a"))[0]["subject"] for _ in range(2))
    status, reply = text(hearback, phones["a"], body)
    assert status == 200
    link = link_in(reply)
    # It is about the newest message.
    assert link.split("?")[0] == link_to(gateway, phones["a"]).split("?")[0]
    assert marked(hearback, link) == score
    assert revealing_words(reply) == []
    # The gateway asks again when it has not heard the reply.
    assert text(hearback, phones["a"], body) == (status, reply)
    assert answer(local(hearback, link).split("?")[0], nps=score, csat=4)[0] == 200
    assert [(row["interaction"], row["nps"], row["csat"]) for row in responses(hearback)] == [(newer, score, "4")]
    assert states(hearback) == {older: "open", newer: "answered"}


def test_what_is_no_answer_is_not_taken_for_one(hearback, gateway):
    phones = add_phones(hearback, "a")
    settled(hearback, *call(hearback, "a"))
    link = link_to(gateway, phones["a"])
    for body in ("11", "-1", "7.5", "80%", "", "hello", "0" * 1600, "<Message>9</Message>", "\U0001f600"):
        assert text(hearback, phones["a"], body)[0] == 200, body
    # Nor does somebody else's score count.
    assert text(hearback, phone(4), "9")[0] == 200
    assert marked(hearback, link) is None
    assert set(states(hearback).values()) == {"open"}
    [again] = call(hearback, "a")
    assert decision(hearback, again)["step"] == "invited"


def test_words_to_stop_opt_out_and_nobody_is_texted_again(hearback, gateway):
    wishes = {
        "a": "STOP", "b": "stop please", "c": "Opt out", "d": "cancelar", "e": "إلغاء", "f": "9 but STOP",
        "g": "unsubscribe",
    }
    phones = add_phones(hearback, *wishes, "other")
    settled(hearback, *call(hearback, *phones))
    for ref, wish in wishes.items():
        assert text(hearback, phones[ref], wish)[0] == 200
    calls = dict(zip(phones, call(hearback, *phones)))
    for ref in wishes:
        step = decision(hearback, calls[ref])
        assert (step["step"], step["rule"]) == ("skipped", "opted-out-of-surveys"), ref
    assert settled(hearback, calls["other"])[0]["state"] == "sent"
    assert {ref: len(gateway.to(phones[ref])) for ref in phones} == dict.fromkeys(wishes, 1) | {"other": 2}
    assert responses(hearback) == []


def test_help_tells_who_writes_and_how_to_stop(hearback, gateway):
    phones = add_phones(hearback, "a")
    settled(hearback, *call(hearback, "a"))
    hearback.run("organisation", "--name", "Harbor Care")
    status, reply = wait_for(lambda: next(
        (found for found in [text(hearback, phones["a"], "HELP")] if found[1] and "Harbor Care" in found[1]), None))
    assert status == 200 and "STOP" in reply and revealing_words(reply) == []
    [again] = call(hearback, "a")
    assert decision(hearback, again)["step"] == "invited"


def test_only_the_gateway_is_listened_to(hearback, gateway):
    phones = add_phones(hearback, "a")
    settled(hearback, *call(hearback, "a"))
    link = link_to(gateway, phones["a"])
    for token in (None, "guess", "Secret"):
        assert text(hearback, phones["a"], "9", token=token)[0] == 403
        assert text(hearback, phones["a"], "STOP", token=token)[0] == 403
    assert marked(hearback, link) is None
    [again] = call(hearback, "a")
    assert decision(hearback, again)["step"] == "invited"


def test_a_gateway_in_trouble_gets_the_same_message_until_it_takes_it(hearback, gateway):
    references = [*"abcd"]
    phones = add_phones(hearback, *references)
    scripts = {"a": [BROKEN] * 3, "b": [MALFORMED], "c": [None], "d": [(503, {"Retry-After": "soon"}, b"<html>")]}
    for ref, script in scripts.items():
        gateway.script += script
        [row] = settled(hearback, *call(hearback, ref))
        assert row["state"] == "sent" and not gateway.script
        requests = gateway.to(phones[ref])
        # A malformed reply may be asked again, since nobody knows the message's name.
        assert len(requests) == len(script) + 1 or ref == "b" and len(requests) == 1
        assert {request.headers["idempotency-key"] for request in requests} == {f"hearback-{number(row)}"}
        assert len({request.body for request in requests}) == 1
        attempts = [step for step in steps(hearback, row["subject"]) if step["step"] == "attempt"]
        # A request that is lost with a kept connection is repeated at once, within the same attempt.
        assert len(requests) - (ref == "c") <= len(attempts) <= len(requests)
    keys = {request.headers["idempotency-key"] for request in gateway.requests}
    assert len(keys) == len(references)


def test_a_busy_gateway_is_left_alone_for_as_long_as_it_asks(hearback, gateway):
    add_phones(hearback, "a", "b")
    gateway.script.append(BUSY)
    [first] = call(hearback, "a")
    wait_for(lambda: gateway.requests)
    # By nobody's message.
    [second] = call(hearback, "b")
    rows = settled(hearback, first, second)
    assert {row["state"] for row in rows} == {"sent"}
    refused, *taken = gateway.requests
    assert [request.status for request in gateway.requests] == [429, 201, 201]
    assert min(request.at for request in taken) - refused.at >= 2
    assert refused.headers["idempotency-key"] in {request.headers["idempotency-key"] for request in taken}


def test_a_number_that_the_gateway_refuses_is_not_tried_again(hearback, gateway):
    add_phones(hearback, "a")
    gateway.script.append(UNKNOWN_NUMBER)
    [row] = settled(hearback, *call(hearback, "a"))
    assert (row["state"], row["rule"]) == ("dead", "refused")
    assert re.search("21211|400", row["detail"])
    assert len(gateway.requests) == 1
    assert message_counts(hearback.base) == {("sms", "dead"): 1}
