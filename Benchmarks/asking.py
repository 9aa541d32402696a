"""Deciding about a million resolutions and queueing their messages, and sending to a local SMTP sink, each beside its peer.

    Benchmarks/run-asking [--rows N] [--mails N]
"""

import argparse
import asyncio
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from common import HERE, PROGRAM, Cluster, Server, hearback, say, without_url

POLICY = """
policies:
  - name: benchmark
    delay: 24h
    stale_after: 36500d
    channels: [email, sms]
    quiet_hours: {open: "00:00-24:00"}
    reminder_after: 3d
"""

# The same rows as deciding writes, without deciding: one statement for each table, and no look at any customer.
PEER = """
begin;
insert into decision (resolution_id, outcome, rule, inputs, policy, policy_version_id, decided_at)
select resolution_id, 'invite', 'invite', '{"channels":"email"}', 'benchmark',
    (select max(policy_version_id) from policy_version), now()
from resolution order by resolution_id;
insert into invitation
    (resolution_id, survey_version_id, language, customer_id, interaction_id, channel, outcome, handle_seconds, survey_channel,
     issued_at, expires_at)
select resolution_id, 1, 'en', customer_id, interaction_id, channel, outcome, talk_seconds, 'email', now(),
    now() + interval '14 days'
from resolution join interaction using (interaction_id) order by resolution_id;
insert into message (invitation_id, reason, customer_id, channel, due_at)
select invitation_id, 'invitation', customer_id, 'email', now() from invitation order by invitation_id;
update resolution set decided = true;
commit;
"""


class Sink(asyncio.Protocol):
    """Takes every mail and keeps none: as little of a mail server as can be, so that it is no limit."""

    mails = 0
    connections = 0

    def connection_made(self, transport):
        self.transport, self.rest, self.in_data = transport, b"", False
        Sink.connections += 1
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        self.rest += data
        while True:
            if self.in_data:
                end = self.rest.find(b"\r\n.\r\n")
                if end < 0:
                    self.rest = self.rest[-4:]
                    return
                self.rest, self.in_data = self.rest[end + 5:], False
                Sink.mails += 1
                self.transport.write(b"250 taken\r\n")
                continue
            line, found, rest = self.rest.partition(b"\r\n")
            if not found:
                return
            self.rest = rest
            verb = line[:4].upper()
            if verb == b"DATA":
                self.in_data = True
                self.transport.write(b"354 go on\r\n")
            elif verb == b"QUIT":
                self.transport.write(b"221 bye\r\n")
                self.transport.close()
            else:
                self.transport.write(b"250 ok\r\n")


def start_sink():
    ready, port = threading.Event(), []

    async def serve():
        server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
        port.append(server.sockets[0].getsockname()[1])
        ready.set()
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    ready.wait()
    return port[0]


def fill(cluster, rows):
    say(f"filling {rows:,} resolutions")
    cluster.psql(
        "set synchronous_commit = off",
        f"""insert into customer (ref, email, email_basis, phone, sms_consent_at, time_zone, country)
            select 'c' || n, 'c' || n || '@example.com', 'used', '+1212555' || lpad((n % 10000)::text, 4, '0'), now(),
                'America/New_York', 'US'
            from generate_series(1, {rows}) n""",
        f"""insert into interaction (ref, customer_id, channel, direction, handled, outcome, started_at, ended_at, talk_seconds,
                hold_seconds, wrap_seconds)
            select 'i' || n, n, 'phone', 'inbound', true, 'resolved', now() - interval '3 days' - n * interval '1 second',
                now() - interval '3 days' - n * interval '1 second', 300, 0, 60
            from generate_series(1, {rows}) n""",
        "insert into resolution (interaction_id, resolved_at) select interaction_id, ended_at from interaction",
        "vacuum analyze", "checkpoint")


def copy(cluster, name):
    cluster.psql(f"create database {name} template hearback", database="postgres")
    cluster.psql("checkpoint")


def deciding(cluster, rows):
    copy(cluster, "peer")
    say("the plain insert … select")
    started = time.perf_counter()
    cluster.psql(PEER, database="peer")
    peer = rows / (time.perf_counter() - started)
    cluster.psql("drop database peer", "checkpoint", database="postgres")
    say("deciding")
    started = time.perf_counter()
    hearback(cluster, "invitations", "--issue", "--limit", "1", stdout=subprocess.DEVNULL)
    own = rows / (time.perf_counter() - started)
    queued = int(cluster.psql("select count(*) from message where state = 'queued'"))
    assert queued == rows, f"{queued} messages for {rows} resolutions"
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return own, peer, memory


def sending(cluster, mails, port, folder):
    cluster.psql(
        f"delete from message where message_id > (select min(message_id) + {mails} - 1 from message)", "vacuum analyze message")
    # A server that starts makes a million interactions into figures first, which is measured elsewhere.
    hearback(cluster, "dashboards", "build", stdout=subprocess.DEVNULL)
    cluster.psql("vacuum analyze", "checkpoint")
    say(f"sending {mails:,} mails")
    before = Sink.mails
    server = Server.__new__(Server)
    process = subprocess.Popen(
        [PROGRAM, "serve", "--data", cluster.folder, "--listen", "127.0.0.1:0"], stdout=subprocess.DEVNULL,
        env=without_url(
            DATABASE_URL=cluster.url(), HEARBACK_BASE="https://feedback.example.com",
            HEARBACK_SMTP=f"smtp-plain://127.0.0.1:{port}", HEARBACK_MAIL_FROM="care@example.com"))
    server.process = process
    while Sink.mails == before:
        time.sleep(0.001)
    started, first, connections = time.perf_counter(), Sink.mails, Sink.connections
    while Sink.mails < before + mails:
        time.sleep(0.01)
    own = (Sink.mails - first) / (time.perf_counter() - started)
    say(f"over {Sink.connections - connections + 4} connections, server {server.memory():.0f} MB")
    server.stop()
    sent = int(cluster.psql("select count(*) from message where state = 'sent'"))
    assert sent == mails, f"{sent} of {mails} noted as sent"

    say("curl, one connection a mail")
    mail = folder / "mail.eml"
    mail.write_bytes(b"From: <care@example.com>\r\nTo: <c@example.com>\r\nSubject: x\r\n\r\n" + b"x" * 70 + b"\r\n" * 1 + (
        b"y" * 70 + b"\r\n") * 180)
    count = 200
    started = time.perf_counter()
    for _ in range(count):
        subprocess.run(
            ["curl", "-s", f"smtp://127.0.0.1:{port}", "--mail-from", "care@example.com", "--mail-rcpt", "c@example.com",
             "--upload-file", str(mail)], check=True)
    return own, count / (time.perf_counter() - started)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--mails", type=int, default=20_000)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hearback-benchmark-", dir="/var/tmp"))
    folder.chmod(0o711)
    cluster = Cluster(str(folder))
    try:
        policy = folder / "policy.yaml"
        policy.write_text(POLICY)
        hearback(cluster, "policy", "publish", str(policy), stdout=subprocess.DEVNULL)
        fill(cluster, options.rows)
        own, peer, memory = deciding(cluster, options.rows)
        port = start_sink()
        sent, curl = sending(cluster, min(options.mails, options.rows), port, folder)
    finally:
        cluster.control("stop", "-m", "immediate")
        shutil.rmtree(folder)
    print("| what | Hearback | peer | ratio | target |\n|---|---:|---:|---:|---:|")
    print(f"| deciding about {options.rows:,} resolutions and queueing their messages | {own:,.0f}/s, {memory:.0f} MB | "
          f"plain insert … select of the same rows: {peer:,.0f}/s | **{own / peer:.2f}×** | ≥ 20,000/s and ≥ 0.3× |")
    print(f"| sending to a local SMTP sink, 4 connections | {sent:,.0f}/s | curl, one connection a mail: {curl:,.0f}/s | "
          f"**{sent / curl:.1f}×** | ≥ 10× |")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
