"""What tests of messages share: settings, customers with addresses, and what became of their messages."""

import json
import re
import urllib.parse
from datetime import datetime, timedelta, timezone
from pathlib import Path

from centre import import_records, iso
from doubles import twilio_signature
from processes import wait_for
from wire import fetch

# What links in messages begin with.
BASE = "https://feedback.example.test"
SMS_TOKEN = "secret"
WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

POLICY = """\
policies:
  - name: written-to-at-once
    delay: 0s
    stale_after: 36500d
    channels: [{channels}]
    quiet_hours: none
    customer_rest: none
    account_rest: none
    contact_cap: none
    email: {{basis: not-required}}
    sms: {{consent: not-required}}
    reminder_after: never
"""


def connect(hearback, *channels, sink=None, gateway=None, receiver=None):
    """Lets a program that has not been started yet send to doubles, by the channels in this order."""
    settings = {
        "BASE": BASE, "ALLOWED_NETWORKS": "127.0.0.0/8", "RETRY_BASE": "0.2", "RETRY_CAP": "2", "SEND_TIMEOUT": "3",
        "LEASE": "5",
    }
    if sink:
        settings |= {"SMTP": sink.address, "MAIL_FROM": "care@example.test"}
    if gateway:
        settings |= {
            "SMS": gateway.address, "SMS_ACCOUNT": "AC1", "SMS_TOKEN": SMS_TOKEN, "SMS_FROM": "+12125550199"}
    if receiver:
        settings |= {"WEBHOOK": receiver.address + "/invitations", "WEBHOOK_SECRET": WEBHOOK_SECRET}
    hearback.environment |= {f"HEARBACK_{name}": value for name, value in settings.items()}
    policy = Path(hearback.folder) / "policy.yaml"
    policy.write_text(POLICY.format(channels=", ".join(channels)))
    hearback.run("policy", "publish", str(policy))


def local(hearback, link):
    """Where a link of a message leads in the test."""
    assert link.startswith(BASE + "/")
    return hearback.base + link.removeprefix(BASE)


def add_customers(hearback, **addresses):
    """Makes customers known, each by reference and fields."""
    import_records(hearback, "customers", ({"ref": ref} | fields for ref, fields in addresses.items()))


def call(hearback, *references):
    """Lets customers call, and returns the calls' references."""
    call.number += 1
    calls = {customer: f"i{call.number}-{customer}" for customer in references}
    started = iso(datetime.now(timezone.utc) - timedelta(hours=1))
    import_records(hearback, "interactions", (
        {
            "ref": ref, "customer": customer, "agent": "Ana", "topic": "Payment plan", "started_at": started,
            "talk_seconds": 300, "wrap_seconds": 60,
        }
        for customer, ref in calls.items()
    ))
    return list(calls.values())


call.number = 0


def deliveries(hearback, *arguments):
    """The messages of the outbox, by the references of what they ask about."""
    listing = hearback.run("deliveries", "--format", "json", "--limit", "0", *arguments)
    rows = json.loads(listing.stdout)
    messages = {row["subject"]: row for row in rows}
    assert len(messages) == len(rows), "two messages about one call"
    return messages


def number(row):
    """A message's number, however it is written."""
    return int(re.fullmatch(r"(?:hearback-)?(\d+)", str(row["message"])).group(1))


def settled(hearback, *calls, seconds=30):
    """Waits until nothing more will be tried for the calls, and returns their messages in the same order."""

    def messages():
        rows = deliveries(hearback)
        if all(call in rows and rows[call]["state"] in ("sent", "cancelled", "dead") for call in calls):
            return [rows[call] for call in calls]

    return wait_for(messages, seconds)


def steps(hearback, call):
    """What was decided and done about a call, in the order of time."""
    return json.loads(hearback.run("decisions", "--why", call, "--format", "json").stdout)


def decision(hearback, call):
    """Waits until a call is decided about, and returns the step."""
    return wait_for(lambda: next(
        (step for step in steps(hearback, call) if step["step"] in ("invited", "skipped")), None))


def states(hearback):
    """How far the invitations have come, by the call's reference."""
    listing = hearback.run("invitations", "--limit", "0", "--format", "json")
    return {row["interaction"]: row["state"] for row in json.loads(listing.stdout)}


def message_counts(base):
    """The messages by channel and state, as the metrics tell them."""
    found = re.findall(
        r'^hearback_messages\{channel="(\w+)",state="(\w+)"\} (\d+)$', fetch(base + "/metrics")[1], re.MULTILINE)
    return {(channel, state): int(count) for channel, state, count in found if count != "0"}


def from_gateway(hearback, path, token=SMS_TOKEN, **fields):
    """Posts a form as the SMS gateway does, signed with the token unless there is none."""
    headers = {"X-Twilio-Signature": twilio_signature(token, BASE + path, fields)} if token else {}
    return fetch(hearback.base + path, urllib.parse.urlencode(fields).encode(), **headers)


# Said in a message, these words could tell somebody else about a debt.
REVEALING = re.compile(
    r"\b(debt\w*|arrears|overdue|owed?|owing|creditors?|collect\w*|repay\w*|bailiffs?|delinquen\w*|balance|cases?"
    r"|deud\w*|saldo|impagos?|moros\w*|mora|adeud\w*|acreedor\w*|cobr\w*|expediente\w*|embarg\w*"
    r"|(?:ال)?(?:دين|ديون|مدين|رصيد|متأخرات|دائن|تحصيل|قضية))\b", re.IGNORECASE)


def revealing_words(text):
    """The words of a text, besides its addresses, that could tell somebody else about a debt."""
    return REVEALING.findall(re.sub(r"https?://\S+", "", text))
