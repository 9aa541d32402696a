"""Invitations handed to another system, which sends them on."""

import json
import re
import time
from datetime import datetime

import pytest

from doubles import Receiver, webhook_signature
from processes import wait_for
from sending import (
    BASE, WEBHOOK_SECRET, add_customers, call, connect, deliveries, local, message_counts, number, settled, states)
from wire import answer, fetch


@pytest.fixture
def receiver(hearback):
    with Receiver() as receiver:
        connect(hearback, "webhook", receiver=receiver)
        hearback.start()
        yield receiver
        hearback.stop()


def assert_is_signed(request):
    headers = request.headers
    identifier, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    assert re.fullmatch(r"[\x21-\x2d\x2f-\x7e]{1,256}", identifier)
    assert abs(int(timestamp) - time.time()) < 300
    signature = webhook_signature(WEBHOOK_SECRET, identifier, timestamp, request.body)
    assert signature in headers["webhook-signature"].split(" ")


def test_an_invitation_is_handed_over_signed_with_what_is_needed_to_send_it(hearback, receiver):
    add_customers(hearback, a={"language": "es"})
    [row] = settled(hearback, *call(hearback, "a"))
    assert (row["channel"], row["state"]) == ("webhook", "sent")
    [request] = receiver.requests
    assert request.path == "/invitations" and request.headers["content-type"].startswith("application/json")
    assert_is_signed(request)
    event = json.loads(request.body)
    assert event["type"] == "invitation.created" and datetime.fromisoformat(event["timestamp"])
    data = event["data"]
    assert data["message"] == f"hearback-{number(row)}"
    assert (data["reason"], data["language"], data["customer"], data["subject"]) == (
        "invitation", "es", "a", row["subject"])
    assert datetime.fromisoformat(data["expires_at"]) > datetime.fromisoformat(event["timestamp"])
    assert data["own_page"].startswith(BASE + "/c/")
    assert fetch(local(hearback, data["own_page"]))[0] == 200
    assert answer(local(hearback, data["link"]), nps=10)[0] == 200
    assert states(hearback) == {row["subject"]: "answered"}
    assert message_counts(hearback.base) == {("webhook", "sent"): 1}


def test_a_receiver_in_trouble_gets_the_same_event_until_it_takes_it(hearback, receiver):
    receiver.script += [(500, {}, b""), None, (429, {"Retry-After": "1"}, b"")]
    add_customers(hearback, a={})
    [row] = settled(hearback, *call(hearback, "a"))
    assert (row["state"], len(receiver.requests)) == ("sent", 4)
    for request in receiver.requests:
        assert_is_signed(request)
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({json.loads(request.body)["data"]["link"] for request in receiver.requests}) == 1


def test_a_redirection_is_not_followed(hearback, receiver):
    with Receiver() as elsewhere:
        receiver.script.append((307, {"Location": elsewhere.address + "/invitations"}, b""))
        add_customers(hearback, a={})
        [ref] = call(hearback, "a")
        settled(hearback, ref)
        assert elsewhere.connections == 0
        assert receiver.requests[0].status == 307


def test_a_private_address_that_was_not_allowed_is_never_connected_to(hearback):
    with Receiver() as receiver:
        connect(hearback, "webhook", receiver=receiver)
        del hearback.environment["HEARBACK_ALLOWED_NETWORKS"]
        # An address is refused before anything is started, a name when it is known what it stands for.
        hearback.environment["HEARBACK_WEBHOOK"] = f"https://127.0.0.1:{receiver.port}/invitations"
        refused = hearback.run("serve", "--listen", "127.0.0.1:0", check=False)
        assert refused.returncode == 64 and "HEARBACK_WEBHOOK is refused" in refused.stderr
        hearback.environment["HEARBACK_WEBHOOK"] = f"https://localhost:{receiver.port}/invitations"
        hearback.start()
        add_customers(hearback, a={})
        [ref] = call(hearback, "a")
        row = wait_for(lambda: next(
            (row for row in deliveries(hearback).values() if row["detail"]), None))
        assert row["subject"] == ref and row["state"] != "sent"
        assert re.search("not allowed|loopback|private|forbidden", row["detail"])
        assert receiver.connections == 0 and receiver.requests == []
        assert message_counts(hearback.base).get(("webhook", "sent")) is None
        hearback.stop()
