"""Everything goes wrong for a while; afterwards every decision, message and delivery is accounted for."""

import csv
import io
import os
import random
import re
import signal
from collections import Counter, defaultdict
from contextlib import ExitStack
from pathlib import Path

from centre import import_records
from conftest import Hearback
from doubles import JSON, Gateway, MailSink
from processes import postgres_processes, wait_for
from sending import add_customers, call, connect, deliveries, local, message_counts, number, settled, steps
from wire import fetch

SEED = 20
# How many messages a process can have sent at a moment without having noted what came of them: it sends six at a time,
# four e-mails and two texts, and may be noting as many.
SENT_AND_NOT_NOTED = 12
# How many recipients of each kind the mail server refuses, drops or keeps waiting the first time.
FAULTS = {
    "refuse450-once": 12, "end451-once": 8, "drop-in-data-once": 6, "drop-after-data-once": 8, "silent-once": 1,
    "slow-once": 2,
}
GATEWAY_FAULTS = [
    (429, {"Retry-After": "1"} | JSON, b'{"code": 20429, "message": "busy", "status": 429}'),
    (500, JSON, b'{"code": 20500, "message": "error", "status": 500}'),
    (201, JSON, b'{"sid": "SM0123'),
    None,
]


def people(chance):
    """Three hundred customers by reference: most with e-mail, some of it faulty, some with a telephone only."""
    kinds = [fault for fault, count in FAULTS.items() for _ in range(count)]
    kinds += ["refuse550"] * 6 + ["moved"] * 6 + ["phone"] * 80
    kinds += ["plain"] * (300 - len(kinds))
    chance.shuffle(kinds)
    found = {}
    for index, kind in enumerate(kinds):
        ref = f"{kind}.{index}"
        if kind == "phone":
            found[ref] = {"phone": f"+1212555{index:04}"}
        elif kind == "moved":
            found[ref] = {"email": f"refuse550.{index}@example.test", "phone": f"+1212555{index:04}"}
        else:
            found[ref] = {"email": f"{ref}@example.test"}
    return found


class Chaos:
    """Two servers on one folder, between doubles, and what befalls them."""

    def __init__(self, servers, sink, gateway, chance):
        self.servers, self.sink, self.gateway, self.chance = servers, sink, gateway, chance
        # How often a process was ended that may have sent something without telling.
        self.interruptions = 0

    def kill_one(self):
        victim = self.chance.choice(self.servers)
        victim.stop(signal.SIGKILL)
        self.interruptions += 1
        victim.start()

    def kill_both(self):
        for server in self.servers:
            server.stop(signal.SIGKILL)
        self.interruptions += 2
        for server in self.servers:
            server.start()

    def lose_the_database(self):
        folder = Path(self.servers[0].folder)
        process = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGQUIT)
        # What both had sent and not yet noted.
        self.interruptions += 2
        wait_for(lambda: process not in postgres_processes(folder))
        for server in self.servers:
            wait_for(lambda: fetch(server.base + "/readyz")[0] == 200, seconds=60)

    def mail_goes_down(self):
        self.sink.down = True

    def mail_comes_back(self):
        self.sink.down = False

    def gateway_fails(self):
        self.gateway.script += self.chance.sample(GATEWAY_FAULTS, len(GATEWAY_FAULTS))

    def traffic(self):
        return self.sink.turned_away + len(self.sink.recipients) + len(self.gateway.requests)


def test_whatever_goes_wrong_nobody_is_written_to_twice_and_nobody_is_forgotten(hearback):
    chance = random.Random(SEED)
    customers = people(chance)
    other = Hearback(hearback.folder)
    with ExitStack() as stack:
        sink = stack.enter_context(MailSink(pause=0.02))
        gateway = stack.enter_context(Gateway())
        connect(hearback, "email", "sms", sink=sink, gateway=gateway)
        other.environment = hearback.environment
        add_customers(hearback, **customers)
        for server in (hearback, other):
            server.start()
            stack.callback(lambda server=server: server.process and server.stop())
        chaos = Chaos([hearback, other], sink, gateway, chance)

        # Some opt out before they are decided about, some while their message waits for a server that is down.
        plain = [ref for ref in customers if ref.startswith("plain.")]
        never, late = plain[:8], plain[8:16]
        opt_out(hearback, never)
        chaos.mail_goes_down()
        calls = dict(zip(late, call(hearback, *late)))
        wait_for(lambda: set(calls.values()) <= set(deliveries(hearback)) and sink.turned_away)
        opt_out(hearback, late)

        rest = [ref for ref in customers if ref not in late]
        happenings = [
            chaos.gateway_fails, chaos.kill_one, chaos.mail_comes_back, chaos.kill_one, chaos.lose_the_database,
            chaos.kill_both, chaos.gateway_fails, chaos.mail_goes_down, chaos.kill_one, chaos.mail_comes_back,
        ]
        size = -(-len(rest) // len(happenings))
        for index, happening in enumerate(happenings):
            some = rest[index * size:(index + 1) * size]
            before = chaos.traffic()
            calls |= zip(some, call(hearback, *some))
            # In the middle of it.
            least = 1 if sink.down else chance.randrange(1, size // 2)
            wait_for(lambda: chaos.traffic() >= before + least, seconds=60)
            happening()

        settled(hearback, *(ref for customer, ref in calls.items() if customer not in never), seconds=120)
        messages = deliveries(hearback)
        check_decisions(hearback, calls, messages, never)
        check_ends(customers, calls, messages, late)
        check_arrivals(chaos, customers, messages)
        check_failures_are_visible(chaos, customers, calls, messages)
        hearback.run("verify")


def opt_out(hearback, references):
    import_records(hearback, "stops", (
        {"ref": f"stop-{ref}", "customer": ref, "kind": "opted-out", "starts_at": "2026-01-01T00:00:00Z"}
        for ref in references
    ))


def check_decisions(hearback, calls, messages, never):
    """One decision for every call; one message for every invitation, and none besides."""

    def decided():
        rows = list(csv.DictReader(io.StringIO(hearback.run("export", "decisions").stdout)))
        return rows if len(rows) >= len(calls) else None

    decisions = wait_for(decided)
    assert Counter(row["interaction"] for row in decisions) == Counter(calls.values())
    skipped = {row["customer"]: row["rule"] for row in decisions if row["outcome"] != "invite"}
    assert skipped == dict.fromkeys(never, "opted-out")
    assert set(messages) == {row["interaction"] for row in decisions if row["outcome"] == "invite"}
    assert {row["reason"] for row in messages.values()} == {"invitation"}


def check_ends(customers, calls, messages, late):
    """Every message was sent, or there is a reason why not."""
    by_state = defaultdict(set)
    for row in messages.values():
        by_state[row["state"]].add(row["customer"])
    assert set(by_state) == {"sent", "cancelled", "dead"}
    assert sum(map(len, by_state.values())) == len(messages)
    assert by_state["cancelled"] == set(late)
    assert {messages[calls[ref]]["rule"] for ref in late} == {"opted-out"}
    assert by_state["dead"] == {ref for ref in customers if ref.startswith("refuse550.")}
    for ref in by_state["dead"]:
        row = messages[calls[ref]]
        assert row["rule"] == "refused" and "550" in row["detail"]


def check_arrivals(chaos, customers, messages):
    """What arrived is what was sent: each message at its own customer, and each copy of it for a reason."""
    mails = [mail for mail in chaos.sink.mails if mail.may_have_been_taken]
    texts = [request for request in chaos.gateway.requests if request.status in (201, None)]
    arrived, unclear = defaultdict(list), Counter()
    for mail in mails:
        identifier = int(re.match(r"<hearback-(\d+)@", mail.message["Message-ID"]).group(1))
        arrived[identifier].append(("email", mail.recipients[0], mail.accepted))
    for request in texts:
        identifier = int(request.headers["idempotency-key"].removeprefix("hearback-"))
        is_clear = request.status == 201 and request.reply.endswith(b"}")
        arrived[identifier].append(("sms", request.form["To"], is_clear))
    sent = {number(row): row for row in messages.values() if row["state"] == "sent"}
    assert set(arrived) == set(sent)
    recipients = set()
    for identifier, copies in arrived.items():
        channel = sent[identifier]["channel"]
        address = customers[sent[identifier]["customer"]]["phone" if channel == "sms" else "email"]
        assert {copy[:2] for copy in copies} == {(channel, address)}
        assert address not in recipients, "two messages to one address"
        recipients.add(address)
        unclear[identifier] = sum(not is_clear for _, _, is_clear in copies)
        # A text whose reply was malformed was taken, and need not be sent again.
        assert unclear[identifier] < len(copies) or channel == "sms"
        assert len(copies) <= 1 + unclear[identifier] + chaos.interruptions
    # Who has an e-mail address that works is written to by that.
    assert {row["customer"] for row in sent.values() if row["channel"] == "sms"} == {
        ref for ref, fields in customers.items() if "phone" in fields}
    again = sum(len(copies) - 1 for copies in arrived.values())
    print(
        f"\n{len(messages)} messages, {len(sent)} sent; {chaos.interruptions} interruptions, {unclear.total()} copies "
        f"without a clear reply; {again} came again, one of them {max(map(len, arrived.values()))} times")
    assert again <= unclear.total() + chaos.interruptions * SENT_AND_NOT_NOTED

    links = {link for mail in mails for link in re.findall(
        r"https://[^\s?]+/s/[^\s?]+", mail.message.get_body(("plain",)).get_content())}
    assert len(links) == sum(row["channel"] == "email" for row in sent.values())
    assert fetch(local(chaos.servers[0], min(links)))[0] == 200


def check_failures_are_visible(chaos, customers, calls, messages):
    counts = dict(Counter((row["channel"], row["state"]) for row in messages.values()))
    for server in chaos.servers:
        wait_for(lambda: message_counts(server.base) == counts)
    for fault in FAULTS:
        ref = next(ref for ref in customers if ref.startswith(fault))
        attempts = [step["detail"] for step in steps(chaos.servers[0], calls[ref]) if step["step"] == "attempt"]
        assert attempts[-1].startswith("sent"), (ref, attempts)
        assert re.match("deferred|uncertain|not-tried", attempts[0]), (ref, attempts)
